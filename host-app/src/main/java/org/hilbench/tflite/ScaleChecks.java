package org.hilbench.tflite;

import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.graph.Quantization;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * Relations between scales without which TensorFlow Lite, here and on the device, ends the whole
 * program instead of refusing the model: its fixed-point factors have a range.
 */
final class ScaleChecks {
  private static final int INT8_LOWEST = -128;
  private static final int INT8_HIGHEST = 127;

  /** Beyond it a fixed-point factor has no 32 bits left. */
  private static final double MOST_FACTOR = 1 << 30;

  private static final double MOST_SCALE = 1L << 40;

  private final Facts facts;

  private ScaleChecks(Facts facts) {
    this.facts = facts;
  }

  static void check(Facts facts) throws BenchException {
    ScaleChecks checks = new ScaleChecks(facts);
    for (int place = 0; place < facts.operator().inputs().size(); place++) {
      if (facts.has(place)) {
        checks.requireSane(facts.input(place));
      }
    }
    for (int place = 0; place < facts.operator().outputs().size(); place++) {
      checks.requireSane(facts.output(place));
    }
    switch (facts.operator().builtinCode()) {
      case BuiltinOperator.ADD, BuiltinOperator.SUB -> checks.requireSum();
      case BuiltinOperator.SOFTMAX -> checks.requireSoftmax();
      case BuiltinOperator.CONV_2D,
          BuiltinOperator.DEPTHWISE_CONV_2D,
          BuiltinOperator.FULLY_CONNECTED ->
          checks.requireWeighted();
      case BuiltinOperator.MUL, BuiltinOperator.PRELU -> checks.requireProduct();
      default -> checks.requireRescaling();
    }
  }

  private void requireSane(TfliteTensor tensor) throws BenchException {
    if (!(tensor.quantization() instanceof Quantization.PerTensor scheme)) {
      return;
    }
    int zeroPoint = scheme.zeroPoint();
    boolean within = zeroPoint >= INT8_LOWEST && zeroPoint <= INT8_HIGHEST;
    if (tensor.type() == TensorType.INT8 && !within) {
      throw ModelChecks.refused(tensor.label() + " is INT8 with the zero point " + zeroPoint);
    }
    if (tensor.type() == TensorType.INT16 && zeroPoint != 0) {
      throw ModelChecks.refused(
          tensor.label() + " is INT16 with the zero point " + zeroPoint + ", not 0");
    }
    boolean activation = tensor.type() == TensorType.INT8 || tensor.type() == TensorType.INT16;
    double scale = scheme.scale();
    if (activation && !(scale < MOST_SCALE && scale > 1 / MOST_SCALE)) {
      throw ModelChecks.refused(tensor.label() + " has the scale " + scheme.scale());
    }
  }

  private void requireSum() throws BenchException {
    float left = scale(facts.input(0));
    float right = scale(facts.input(1));
    float out = scale(facts.output(0));
    boolean wide = facts.output(0).type() == TensorType.INT16;
    double factor = 2.0 * Math.max(left, right) / (out * (double) (1 << (wide ? 15 : 20)));
    facts.require(
        factor < 1,
        "has inputs far coarser than its output: scales " + left + ", " + right + " to " + out);
  }

  private void requireSoftmax() throws BenchException {
    float in = scale(facts.input(0));
    float beta = Float.intBitsToFloat(facts.option(0, 0));
    double factor = beta * (double) in * (1 << 26);
    facts.require(factor > 1, "has the tiny input scale " + in + " times its beta " + beta);
  }

  private void requireWeighted() throws BenchException {
    if (facts.input(1).quantization() instanceof Quantization.PerChannel channels) {
      for (float weight : channels.scales()) {
        requireFactor(Facts.scale(facts.input(0)) * weight);
      }
    } else {
      requireProduct();
    }
  }

  private void requireProduct() throws BenchException {
    requireFactor(Facts.scale(facts.input(0)) * Facts.scale(facts.input(1)));
  }

  private void requireRescaling() throws BenchException {
    List<Integer> inputs = facts.operator().inputs();
    for (int place = 0; place < inputs.size(); place++) {
      if (facts.has(place) && facts.input(place).type() != TensorType.INT32) {
        requireFactor(Facts.scale(facts.input(place)));
      }
    }
  }

  /** What comes in to what goes out. */
  private void requireFactor(double in) throws BenchException {
    double factor = in / Facts.scale(facts.output(0));
    facts.require(
        factor < MOST_FACTOR && factor > 0,
        "has scales too far apart: its output's is " + Facts.scale(facts.output(0)) + " to " + in);
  }

  private float scale(TfliteTensor tensor) throws BenchException {
    if (tensor.quantization() instanceof Quantization.PerTensor scheme) {
      return scheme.scale();
    }
    throw facts.refused("has an input or output without a scale");
  }
}
