package org.hilbench.trial;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hilbench.board.StrictYaml;

/**
 * The steps of a candidate's way in their order. What costs little and rejects much may come first.
 *
 * @param steps each once; all but {@link Step#FIT} are there
 */
public record StepOrder(List<Step> steps) {
  private static final Set<Step> MAY_BE_LEFT_OUT = EnumSet.of(Step.FIT);

  /** Trained first: nothing is asked of a board that is not a finished model. */
  public static final StepOrder STANDARD =
      new StepOrder(List.of(Step.TRAIN, Step.QUANTIZE, Step.EVALUATE, Step.MEASURE, Step.SENSE));

  public StepOrder {
    steps = List.copyOf(steps);
    Set<Step> taken = EnumSet.noneOf(Step.class);
    for (Step step : steps) {
      if (!taken.containsAll(step.after())) {
        throw new IllegalArgumentException(
            "step '" + step.word() + "' comes before " + words(step.after()) + ", which it needs");
      }
      if (!taken.add(step)) {
        throw new IllegalArgumentException("step '" + step.word() + "' is there twice");
      }
    }
    Set<Step> missing = EnumSet.complementOf(EnumSet.copyOf(taken));
    missing.removeAll(MAY_BE_LEFT_OUT);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("steps " + words(missing) + " are missing");
    }
    if (taken.contains(Step.FIT) && steps.indexOf(Step.FIT) > steps.indexOf(Step.MEASURE)) {
      throw new IllegalArgumentException("step 'fit' says nothing new after 'measure'");
    }
  }

  /**
   * Of words in order, such as {@code fit, train, quantize, measure, evaluate, sense}.
   *
   * @throws IllegalArgumentException if one is unknown, or the order is none
   */
  public static StepOrder parse(List<String> words) {
    return new StepOrder(words.stream().map(StepOrder::step).toList());
  }

  private static Step step(String word) {
    return Arrays.stream(Step.values())
        .filter(step -> step.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "step '"
                        + StrictYaml.word(word)
                        + "' is unknown; known: "
                        + words(EnumSet.allOf(Step.class))));
  }

  private static String words(Set<Step> steps) {
    return steps.stream().sorted().map(Step::word).collect(Collectors.joining(", "));
  }
}
