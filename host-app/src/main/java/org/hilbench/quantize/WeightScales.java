package org.hilbench.quantize;

/** Chooses the scale of each output channel's weights. */
final class WeightScales {
  /** Leaves as much room again for the products that are summed onto the bias. */
  private static final double BIAS_LIMIT = 1 << 29;

  /** How far a channel's greatest weight is cut at most where steps are few, in percent. */
  private static final int TIGHTEST_CLIP = 50;

  private final float[] kernel;
  private final ChannelLayout layout;
  private final int limit;

  private WeightScales(float[] kernel, ChannelLayout layout, int limit) {
    this.kernel = kernel;
    this.layout = layout;
    this.limit = limit;
  }

  /**
   * Scales at which every bias is in range, and every weight too; with 15 steps or fewer the scale
   * of least squared error, which cuts the greatest weights for finer steps below.
   *
   * @param limit the greatest integer of a weight
   */
  static float[] of(
      float[] kernel, float[] bias, float inputScale, ChannelLayout layout, int limit) {
    float[] scales = of(kernel, layout, limit);
    for (int c = 0; c < scales.length; c++) {
      double forBias = Math.abs(bias[c]) / (inputScale * BIAS_LIMIT);
      scales[c] = Math.max((float) Math.max(scales[c], forBias), Float.MIN_NORMAL);
    }
    return scales;
  }

  /** The same for weights without a bias. */
  static float[] of(float[] kernel, ChannelLayout layout, int limit) {
    WeightScales choice = new WeightScales(kernel, layout, limit);
    float[] scales = choice.widest();
    return limit < Byte.MAX_VALUE ? choice.clipped(scales) : scales;
  }

  private float[] widest() {
    float[] largest = new float[layout.channels()];
    float largestOfAll = 0;
    for (int i = 0; i < kernel.length; i++) {
      int c = layout.channel(i);
      largest[c] = Math.max(largest[c], Math.abs(kernel[i]));
      largestOfAll = Math.max(largestOfAll, largest[c]);
    }
    // A channel without weights takes the layer's scale, and a layer without any the scale of 1.
    float emptyChannel = largestOfAll > 0 ? largestOfAll : limit;
    // Far below the largest channel a weight adds nothing, and its scale could underflow.
    float least = emptyChannel * 0x1p-30f;
    float[] scales = new float[largest.length];
    for (int c = 0; c < scales.length; c++) {
      float span = largest[c] > 0 ? Math.max(largest[c], least) : emptyChannel;
      scales[c] = span / limit;
    }
    return scales;
  }

  private float[] clipped(float[] widest) {
    float[] best = widest.clone();
    double[] least = errors(widest);
    for (int percent = 99; percent >= TIGHTEST_CLIP; percent--) {
      float[] tried = widest.clone();
      for (int c = 0; c < tried.length; c++) {
        tried[c] = widest[c] * percent / 100;
      }
      double[] errors = errors(tried);
      for (int c = 0; c < tried.length; c++) {
        if (errors[c] < least[c]) {
          least[c] = errors[c];
          best[c] = tried[c];
        }
      }
    }
    return best;
  }

  /** Sum of the squared differences between weights and their integers, by channel. */
  private double[] errors(float[] scales) {
    double[] errors = new double[scales.length];
    for (int i = 0; i < kernel.length; i++) {
      double scale = scales[layout.channel(i)];
      double steps = Math.max(-limit, Math.min(limit, Math.rint(kernel[i] / scale)));
      double error = kernel[i] - steps * scale;
      errors[layout.channel(i)] += error * error;
    }
    return errors;
  }
}
