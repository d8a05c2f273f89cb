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

  private ScaleChecks() {}

  static void check(TfliteOperator operator, List<TfliteTensor> tensors) throws BenchException {
    for (int index : operator.inputs()) {
      if (index >= 0) {
        requireZeroPoint(tensors.get(index));
      }
    }
    for (int index : operator.outputs()) {
      requireZeroPoint(tensors.get(index));
    }
    switch (operator.builtinCode()) {
      case BuiltinOperator.ADD, BuiltinOperator.SUB -> requireSum(operator, tensors);
      case BuiltinOperator.SOFTMAX -> requireSoftmax(operator, tensors);
      default -> {}
    }
  }

  private static void requireZeroPoint(TfliteTensor tensor) throws BenchException {
    if (tensor.type() == TensorType.INT8
        && tensor.quantization() instanceof Quantization.PerTensor scheme
        && (scheme.zeroPoint() < INT8_LOWEST || scheme.zeroPoint() > INT8_HIGHEST)) {
      throw ModelChecks.refused(
          tensor.label() + " is INT8 with the zero point " + scheme.zeroPoint());
    }
    if (tensor.type() == TensorType.INT16
        && tensor.quantization() instanceof Quantization.PerTensor scheme
        && scheme.zeroPoint() != 0) {
      throw ModelChecks.refused(
          tensor.label() + " is INT16 with the zero point " + scheme.zeroPoint() + ", not 0");
    }
  }

  private static void requireSum(TfliteOperator operator, List<TfliteTensor> tensors)
      throws BenchException {
    if (operator.inputs().size() != 2) {
      throw ModelChecks.refused(operator.label() + " has not two inputs");
    }
    float left = scale(operator, tensors, operator.inputs().get(0));
    float right = scale(operator, tensors, operator.inputs().get(1));
    float out = scale(operator, tensors, operator.outputs().get(0));
    boolean wide = tensors.get(operator.outputs().get(0)).type() == TensorType.INT16;
    double factor = 2.0 * Math.max(left, right) / (out * (double) (1 << (wide ? 15 : 20)));
    if (!(factor < 1)) {
      throw ModelChecks.refused(
          operator.label()
              + " has inputs far coarser than its output: scales "
              + left
              + ", "
              + right
              + " to "
              + out);
    }
  }

  private static void requireSoftmax(TfliteOperator operator, List<TfliteTensor> tensors)
      throws BenchException {
    float in = scale(operator, tensors, operator.inputs().get(0));
    if (in * (double) (1 << 26) <= 1) {
      throw ModelChecks.refused(operator.label() + " has the tiny input scale " + in);
    }
  }

  private static float scale(TfliteOperator operator, List<TfliteTensor> tensors, int index)
      throws BenchException {
    if (index >= 0 && tensors.get(index).quantization() instanceof Quantization.PerTensor scheme) {
      return scheme.scale();
    }
    throw ModelChecks.refused(operator.label() + " has an input or output without a scale");
  }
}
