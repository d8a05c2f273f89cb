package org.hilbench.graph;

import java.util.Map;

/**
 * Smallest and largest value that each activation tensor took over the calibration images, by
 * tensor id.
 */
public record ActivationRanges(Map<Integer, Range> byTensor) {
  public ActivationRanges {
    byTensor = Map.copyOf(byTensor);
  }

  /** A closed interval of real values. */
  public record Range(float min, float max) {
    public Range {
      if (!(min <= max)) {
        throw new IllegalArgumentException("range [" + min + ", " + max + "] is empty");
      }
    }
  }

  public Range of(int tensor) {
    Range range = byTensor.get(tensor);
    if (range == null) {
      throw new IllegalArgumentException("tensor " + tensor + " was not calibrated");
    }
    return range;
  }
}
