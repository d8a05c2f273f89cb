package org.hilbench.quantize;

import java.util.List;
import java.util.Objects;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Quantization;

/**
 * Integer weights and biases of one convolution.
 *
 * <p>Weights are held one a byte whatever their type, in the order of the float kernel (OHWI;
 * depthwise 1HWC); the writer packs narrower types. The bias of channel c has the scale {@code
 * input scale * weight scale[c]} and the zero point 0. Arrays are not copied; treat them as
 * read-only.
 */
public final class QuantizedParameters {
  private final DataType weightType;
  private final byte[] weights;
  private final Quantization.PerChannel weightQuantization;
  private final int[] bias;
  private final List<Float> biasScales;

  public QuantizedParameters(
      DataType weightType,
      byte[] weights,
      Quantization.PerChannel weightQuantization,
      int[] bias,
      List<Float> biasScales) {
    this.weightType = Objects.requireNonNull(weightType);
    this.weights = weights;
    this.weightQuantization = Objects.requireNonNull(weightQuantization);
    this.bias = bias;
    this.biasScales = List.copyOf(biasScales);
    int channels = weightQuantization.scales().size();
    if (bias.length != channels || biasScales.size() != channels) {
      throw new IllegalArgumentException(
          channels
              + " weight scales, "
              + bias.length
              + " biases, "
              + biasScales.size()
              + " scales");
    }
  }

  public DataType weightType() {
    return weightType;
  }

  public byte[] weights() {
    return weights;
  }

  public Quantization.PerChannel weightQuantization() {
    return weightQuantization;
  }

  public int[] bias() {
    return bias;
  }

  public List<Float> biasScales() {
    return biasScales;
  }

  public int channels() {
    return bias.length;
  }
}
