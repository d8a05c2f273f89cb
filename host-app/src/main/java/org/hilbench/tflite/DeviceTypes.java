package org.hilbench.tflite;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hilbench.graph.Quantization;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;

/** Which types of tensors hilbench's kernels take, operator by operator. */
final class DeviceTypes {
  private static final Set<Integer> WEIGHTED =
      Set.of(
          BuiltinOperator.CONV_2D,
          BuiltinOperator.DEPTHWISE_CONV_2D,
          BuiltinOperator.FULLY_CONNECTED);
  private static final Set<Integer> ON_INT16 =
      Set.of(
          BuiltinOperator.CONV_2D,
          BuiltinOperator.DEPTHWISE_CONV_2D,
          BuiltinOperator.FULLY_CONNECTED,
          BuiltinOperator.ADD,
          BuiltinOperator.AVERAGE_POOL_2D,
          BuiltinOperator.MAX_POOL_2D,
          BuiltinOperator.QUANTIZE,
          BuiltinOperator.RESHAPE);

  private final TfliteModel model;
  private final TfliteOperator operator;
  private final Width width;

  private DeviceTypes(TfliteModel model, TfliteOperator operator) {
    this.model = model;
    this.operator = operator;
    this.width = Width.of(model, operator);
  }

  static boolean weighted(TfliteOperator operator) {
    return WEIGHTED.contains(operator.builtinCode());
  }

  static Optional<String> problem(TfliteModel model, TfliteOperator operator) {
    DeviceTypes types = new DeviceTypes(model, operator);
    return Optional.ofNullable(weighted(operator) ? types.layer() : types.other());
  }

  private @Nullable String layer() {
    TensorType activations = width == Width.INT16 ? TensorType.INT16 : TensorType.INT8;
    TensorType weights = width == Width.WEIGHTS4 ? TensorType.INT4 : TensorType.INT8;
    TensorType biases = width == Width.INT16 ? TensorType.INT64 : TensorType.INT32;
    if (input(0).type() != activations || output().type() != activations) {
      return "has activations of the types " + input(0).type() + " and " + output().type();
    }
    if (input(1).type() != weights || !input(1).constant()) {
      return "has weights of type " + input(1).type() + ", or none in the file";
    }
    if (hasBias() && (input(2).type() != biases || !input(2).constant())) {
      return "has a bias of type " + input(2).type() + "; for these activations it is " + biases;
    }
    if (!perTensor(input(0)) || !perTensor(output())) {
      return "has activations without one scale";
    }
    return width == Width.INT8 || weightsAreSymmetric()
        ? null
        : "has weights with a zero point other than 0";
  }

  private @Nullable String other() {
    if (width != Width.INT16) {
      return null;
    }
    if (!ON_INT16.contains(operator.builtinCode())) {
      return "has no int16 kernel";
    }
    boolean scaled = operator.builtinCode() == BuiltinOperator.ADD && powerOfTwoScales();
    return scaled ? "is an int16 ADD with pot_scale_int16; write it with general scales" : null;
  }

  private boolean powerOfTwoScales() {
    AddOptions options = new AddOptions();
    Objects.requireNonNull(
        Model.getRootAsModel(model.buffer())
            .subgraphs(0)
            .operators(operator.index())
            .builtinOptions(options));
    return options.potScaleInt16();
  }

  private boolean hasBias() {
    return operator.inputs().size() > 2 && operator.inputs().get(2) >= 0;
  }

  private boolean weightsAreSymmetric() {
    return !(input(1).quantization() instanceof Quantization.PerTensor scheme)
        || scheme.zeroPoint() == 0;
  }

  private static boolean perTensor(TfliteTensor tensor) {
    return tensor.quantization() instanceof Quantization.PerTensor;
  }

  private TfliteTensor input(int place) {
    List<Integer> inputs = operator.inputs();
    return model.tensors().get(inputs.get(place));
  }

  private TfliteTensor output() {
    return model.tensors().get(operator.outputs().get(0));
  }
}
