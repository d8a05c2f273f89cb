package org.hilbench.quantize;

import java.util.Map;
import org.hilbench.graph.ActivationRanges;

/**
 * What the tensors of a float network held over the calibration examples, by tensor id.
 *
 * @param ranges least and greatest value
 * @param histograms counts in bins of equal width from the least to the greatest value
 * @param means mean of each channel
 */
public record Observations(
    ActivationRanges ranges, Map<Integer, float[]> histograms, Map<Integer, float[]> means) {
  /** Bins of every histogram. */
  public static final int BINS = 2048;

  public Observations {
    histograms = Map.copyOf(histograms);
    means = Map.copyOf(means);
  }

  float[] histogram(int tensor) {
    return of(histograms, tensor);
  }

  float[] means(int tensor) {
    return of(means, tensor);
  }

  private static float[] of(Map<Integer, float[]> arrays, int tensor) {
    float[] array = arrays.get(tensor);
    if (array == null) {
      throw new IllegalArgumentException("tensor " + tensor + " was not observed");
    }
    return array;
  }
}
