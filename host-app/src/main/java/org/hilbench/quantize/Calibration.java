package org.hilbench.quantize;

import java.util.Map;
import java.util.TreeMap;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;

/** Ways to choose the range that a tensor's 256 steps span from what it held. */
public enum Calibration {
  /** All that was seen. */
  MIN_MAX {
    @Override
    double loss(float[] histogram, Range seen, Range tried) {
      throw new UnsupportedOperationException("the whole range needs no choice");
    }

    @Override
    Range of(float[] histogram, Range seen) {
      return seen;
    }
  },

  /** All but one value in 10,000 on each side. */
  PERCENTILE {
    @Override
    double loss(float[] histogram, Range seen, Range tried) {
      throw new UnsupportedOperationException("a percentile is counted, not tried");
    }

    @Override
    Range of(float[] histogram, Range seen) {
      double total = 0;
      for (float count : histogram) {
        total += count;
      }
      double cut = total * OUTSIDE;
      int low = 0;
      double below = histogram[0];
      while (below <= cut && low < histogram.length - 1) {
        below += histogram[++low];
      }
      int high = histogram.length - 1;
      double above = histogram[high];
      while (above <= cut && high > low) {
        above += histogram[--high];
      }
      float bin = (seen.max() - seen.min()) / histogram.length;
      return new Range(seen.min() + low * bin, seen.min() + (high + 1) * bin);
    }
  },

  /** The least mean squared error of the values. */
  MSE {
    @Override
    double loss(float[] histogram, Range seen, Range tried) {
      double step = (tried.max() - (double) tried.min()) / STEPS;
      double sum = 0;
      for (int i = 0; i < histogram.length; i++) {
        double value = centre(seen, i, histogram.length);
        double inside = Math.max(tried.min(), Math.min(tried.max(), value));
        double rounded = tried.min() + Math.rint((inside - tried.min()) / step) * step;
        sum += histogram[i] * (value - rounded) * (value - rounded);
      }
      return sum;
    }
  },

  /**
   * The least divergence of the distribution in 256 steps from the one before (Kullback and
   * Leibler), as TensorRT's calibration.
   */
  ENTROPY {
    @Override
    double loss(float[] histogram, Range seen, Range tried) {
      int first = bin(seen, tried.min(), histogram.length);
      int last = bin(seen, tried.max(), histogram.length);
      double[] clipped = new double[last - first + 1];
      boolean[] filled = new boolean[clipped.length];
      for (int i = 0; i < histogram.length; i++) {
        int at = Math.max(first, Math.min(last, i)) - first;
        clipped[at] += histogram[i];
        filled[at] |= histogram[i] > 0 && i >= first && i <= last;
      }
      return divergence(clipped, coarse(histogram, first, filled));
    }
  };

  private static final double OUTSIDE = 1e-4;
  private static final int STEPS = 255;

  /** Ranges are tried down to this share of what was seen, in percent. */
  private static final int NARROWEST = 40;

  /** How bad a range is. */
  abstract double loss(float[] histogram, Range seen, Range tried);

  /** The ranges of all tensors. */
  public ActivationRanges ranges(Observations observed) {
    Map<Integer, Range> chosen = new TreeMap<>();
    observed
        .ranges()
        .byTensor()
        .forEach(
            (tensor, seen) ->
                chosen.put(
                    tensor, seen.max() > seen.min() ? of(observed.histogram(tensor), seen) : seen));
    return new ActivationRanges(chosen);
  }

  /** Both ends move towards zero together; of equals the widest. */
  Range of(float[] histogram, Range seen) {
    Range best = seen;
    double least = Double.POSITIVE_INFINITY;
    for (int percent = 100; percent >= NARROWEST; percent--) {
      Range tried = new Range(seen.min() * percent / 100, seen.max() * percent / 100);
      double loss = loss(histogram, seen, tried);
      if (loss < least) {
        least = loss;
        best = tried;
      }
    }
    return best;
  }

  private static double centre(Range seen, int bin, int bins) {
    return seen.min() + (seen.max() - (double) seen.min()) * (bin + 0.5) / bins;
  }

  private static int bin(Range seen, float value, int bins) {
    double share = (value - (double) seen.min()) / (seen.max() - (double) seen.min());
    return (int) Math.max(0, Math.min(bins - 1, Math.floor(share * bins)));
  }

  /** The counts of bins first and on, spread evenly over the filled bins of each step. */
  private static double[] coarse(float[] histogram, int first, boolean[] filled) {
    double[] spread = new double[filled.length];
    for (int step = 0; step <= STEPS; step++) {
      int from = (int) ((long) step * filled.length / (STEPS + 1));
      int to = (int) ((step + 1L) * filled.length / (STEPS + 1));
      double sum = 0;
      int holders = 0;
      for (int i = from; i < to; i++) {
        sum += histogram[first + i];
        holders += filled[i] ? 1 : 0;
      }
      for (int i = from; i < to; i++) {
        spread[i] = filled[i] ? sum / holders : 0;
      }
    }
    return spread;
  }

  private static double divergence(double[] p, double[] q) {
    double ofP = 0;
    double ofQ = 0;
    for (int i = 0; i < p.length; i++) {
      ofP += p[i];
      ofQ += q[i];
    }
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0) {
        double other = Math.max(q[i] / Math.max(ofQ, 1), 1e-9);
        sum += p[i] / ofP * Math.log(p[i] / ofP / other);
      }
    }
    return sum;
  }
}
