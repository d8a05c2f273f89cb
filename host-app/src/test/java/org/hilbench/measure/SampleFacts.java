package org.hilbench.measure;

import java.util.List;

/**
 * What is known of a bench that builds nothing: it measures under the conditions that are given.
 */
public record SampleFacts(List<Conditions> under) implements BenchFacts {
  public static final Conditions SIMULATED =
      new Conditions("qemu 7.2 a machine", false, "links", "25mhz", "firmware", "gcc");

  /** A simulator of which all is known. */
  public SampleFacts() {
    this(List.of(SIMULATED));
  }

  @Override
  public Ingredients ingredients(String boardId, String kernels) {
    return SampleIngredients.of(boardId, kernels);
  }

  @Override
  public List<Conditions> conditions(MeasurementJob job) {
    return under;
  }
}
