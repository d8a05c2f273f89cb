package org.hilbench.trial;

import java.util.Locale;
import java.util.Set;

/** One step of a candidate's way, and which steps have to come before it. */
public enum Step {
  /**
   * Whether the network fits each board at all, found out with drawn weights in place of trained
   * ones: it costs a link and an inference a board, and spares the training of what does not fit.
   */
  FIT(Set.of()),
  /** Float weights, and the ranges that the activations take. */
  TRAIN(Set.of()),
  /** Batch norm folded, integers, a .tflite file. */
  QUANTIZE(Set.of(TRAIN)),
  /** The accuracy of that very file, by TensorFlow Lite. */
  EVALUATE(Set.of(QUANTIZE)),
  /** The same file in firmware, on every board; believed only where its bytes are right. */
  MEASURE(Set.of(QUANTIZE)),
  /** Where precision is searched: what each layer would lose in 4 bits. */
  SENSE(Set.of(TRAIN, MEASURE));

  private final Set<Step> after;

  Step(Set<Step> after) {
    this.after = after;
  }

  /** What has to be taken before it. */
  Set<Step> after() {
    return after;
  }

  /** The word for it in an experiment file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
