package org.hilbench.graph;

import java.util.Map;
import java.util.TreeMap;

/**
 * Smallest and largest value that each activation tensor took over the calibration examples, by
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

    /** The least range that includes both. */
    public Range union(Range other) {
      return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }
  }

  /** The same, but that one tensor's range includes this one too, or is it. */
  public ActivationRanges including(int tensor, Range least) {
    Map<Integer, Range> wider = new TreeMap<>(byTensor);
    wider.merge(tensor, least, Range::union);
    return new ActivationRanges(wider);
  }

  public Range of(int tensor) {
    Range range = byTensor.get(tensor);
    if (range == null) {
      throw new IllegalArgumentException("tensor " + tensor + " was not calibrated");
    }
    return range;
  }
}
