package org.hilbench.trial;

import java.util.Locale;
import java.util.Set;

/** One step of a candidate's way, and which steps have to come before it. */
public enum Step {
  /**
   * Whether the network fits each board at all, found out with drawn weights in place of trained
   * ones: it costs a link and an inference a board, and spares the training of what does not fit.
   */
  FIT,
  /** Float weights, and the ranges that the activations take. */
  TRAIN,
  /** Batch norm folded, integers, a .tflite file. */
  QUANTIZE,
  /** The accuracy of that very file, by TensorFlow Lite. */
  EVALUATE,
  /** The same file in firmware, on every board; believed only where its bytes are right. */
  MEASURE,
  /** Where precision is searched: what each layer would lose in 4 bits. */
  SENSE;

  /** What has to be taken before it. */
  Set<Step> after() {
    return switch (this) {
      case FIT, TRAIN -> Set.of();
      case QUANTIZE -> Set.of(TRAIN);
      case EVALUATE, MEASURE -> Set.of(QUANTIZE);
      case SENSE -> Set.of(TRAIN, MEASURE);
    };
  }

  /** The word for it in an experiment file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
