package org.hilbench.tflite;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hilbench.graph.Quantization;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/**
 * Copies what an inference needs, operator by operator; tensors come with the first that uses them.
 */
final class DeviceFormWriter {
  private static final int SCHEMA_VERSION = 3;
  private static final int ABSENT = 0;
  private static final int NO_DATA = 0;

  /** Of constants that are read as int32 and int64, and of weights. */
  private static final int CONSTANT_ALIGNMENT = 8;

  private static final int WEIGHT_ALIGNMENT = 4;

  private final TfliteModel model;
  private final boolean ownKernels;
  private final SubGraph source;
  private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
  private final List<Integer> tensors = new ArrayList<>();
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> operators = new ArrayList<>();
  private final Map<Code, Integer> codes = new LinkedHashMap<>();
  private final Map<Integer, Integer> copies = new HashMap<>();
  private final Map<Integer, Integer> weights = new HashMap<>();

  /** A builtin operator and its version, in whose place its width stands for own kernels. */
  private record Code(int builtin, int version) {}

  private DeviceFormWriter(TfliteModel model, boolean ownKernels) {
    this.model = model;
    this.ownKernels = ownKernels;
    this.source = Model.getRootAsModel(ByteBuffer.wrap(model.bytes())).subgraphs(0);
  }

  /** Weights, constants and versions as this project's kernels read them. */
  static DeviceFormWriter forOwnKernels(TfliteModel model) {
    return new DeviceFormWriter(model, true);
  }

  /** Every operator with the tensors and the version that the file gives it. */
  static DeviceFormWriter asItIs(TfliteModel model) {
    return new DeviceFormWriter(model, false);
  }

  byte[] write() {
    buffers.add(Buffer.createBuffer(builder, ABSENT));
    copied(model.input());
    model.operators().forEach(this::add);
    int graph = subgraph();
    int codeVector = Model.createOperatorCodesVector(builder, operatorCodes());
    int graphs = Model.createSubgraphsVector(builder, new int[] {graph});
    int bufferVector = Model.createBuffersVector(builder, array(buffers));
    int root =
        Model.createModel(
            builder,
            SCHEMA_VERSION,
            codeVector,
            graphs,
            ABSENT,
            bufferVector,
            ABSENT,
            ABSENT,
            ABSENT);
    Model.finishModelBuffer(builder, root);
    return builder.sizedByteArray();
  }

  private void add(TfliteOperator operator) {
    int[] inputs = array(inputs(operator));
    int[] outputs = array(operator.outputs().stream().map(this::copied).toList());
    int inputVector = Operator.createInputsVector(builder, inputs);
    int outputVector = Operator.createOutputsVector(builder, outputs);
    Operator from = source.operators(operator.index());
    @Nullable BuiltinOptionsUnion options = from.unpack().getBuiltinOptions();
    int optionTable = options == null ? ABSENT : BuiltinOptionsUnion.pack(builder, options);
    int version = ownKernels ? Width.of(model, operator).code() : operator.version();
    Code code = new Code(operator.builtinCode(), version);
    int codeIndex = codes.computeIfAbsent(code, unseen -> codes.size());
    operators.add(
        Operator.createOperator(
            builder,
            codeIndex,
            inputVector,
            outputVector,
            from.builtinOptionsType(),
            optionTable,
            ABSENT,
            (byte) 0,
            ABSENT,
            ABSENT));
  }

  private List<Integer> inputs(TfliteOperator operator) {
    if (ownKernels && LookupTable.serves(operator)) {
      int input = copied(operator.inputs().get(0));
      return List.of(input, constants(LookupTable.of(model, operator)));
    }
    if (!ownKernels || !DeviceTypes.weighted(operator)) {
      return operator.inputs().stream().map(this::copied).toList();
    }
    return List.of(
        copied(operator.inputs().get(0)),
        weights(operator),
        constants(new DeviceConstants(model, operator).bytes()));
  }

  /** A tensor as it is, but for its name; -1 stays. */
  private int copied(int index) {
    if (index < 0) {
      return index;
    }
    return copies.computeIfAbsent(index, unseen -> copy(model.tensors().get(index)));
  }

  private int copy(TfliteTensor tensor) {
    if (ownKernels && tensor.constant() && tensor.type() == TensorType.INT64) {
      return tensor(tensor.shape(), TensorType.INT32, narrowed(tensor), ABSENT);
    }
    int quantization = quantization(tensor.quantization());
    int buffer =
        tensor.constant() ? buffer(model.constant(tensor.index()), CONSTANT_ALIGNMENT) : NO_DATA;
    return tensor(tensor.shape(), tensor.type(), buffer, quantization);
  }

  /** Of amounts of elements, which are small: paddings, axes and the like. */
  private int narrowed(TfliteTensor tensor) {
    ByteBuffer wide = ByteBuffer.wrap(model.constant(tensor.index())).order(LITTLE_ENDIAN);
    ByteBuffer narrow = ByteBuffer.allocate(wide.capacity() / 2).order(LITTLE_ENDIAN);
    while (wide.hasRemaining()) {
      narrow.putInt((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wide.getLong())));
    }
    return buffer(narrow.array(), CONSTANT_ALIGNMENT);
  }

  /** Operators that share int8 weights share them still; each has 4-bit ones in its own order. */
  private int weights(TfliteOperator operator) {
    TfliteTensor tensor = model.tensors().get(operator.inputs().get(1));
    if (Width.of(model, operator) == Width.WEIGHTS4) {
      int buffer = buffer(PackedWeights.of(model, operator), WEIGHT_ALIGNMENT);
      return tensor(tensor.shape(), TensorType.UINT8, buffer, ABSENT);
    }
    return weights.computeIfAbsent(tensor.index(), unseen -> int8Weights(tensor));
  }

  private int int8Weights(TfliteTensor tensor) {
    boolean shifted =
        tensor.quantization() instanceof Quantization.PerTensor scheme && scheme.zeroPoint() != 0;
    int quantization = shifted ? quantization(tensor.quantization()) : ABSENT;
    int buffer = buffer(model.constant(tensor.index()), WEIGHT_ALIGNMENT);
    return tensor(tensor.shape(), TensorType.INT8, buffer, quantization);
  }

  private int constants(byte[] bytes) {
    int buffer = buffer(bytes, CONSTANT_ALIGNMENT);
    return tensor(List.of(bytes.length), TensorType.UINT8, buffer, ABSENT);
  }

  private int tensor(List<Integer> shape, TensorType type, int buffer, int quantization) {
    int shapeVector = Tensor.createShapeVector(builder, array(shape));
    tensors.add(
        Tensor.createTensor(
            builder,
            shapeVector,
            type.code(),
            buffer,
            ABSENT,
            quantization,
            false,
            ABSENT,
            ABSENT,
            false,
            ABSENT));
    return tensors.size() - 1;
  }

  private int quantization(Quantization scheme) {
    if (scheme instanceof Quantization.PerTensor one) {
      float[] scales = {one.scale()};
      return quantization(scales, new long[] {one.zeroPoint()}, 0);
    }
    if (scheme instanceof Quantization.PerChannel many) {
      float[] scales = new float[many.scales().size()];
      for (int i = 0; i < scales.length; i++) {
        scales[i] = many.scales().get(i);
      }
      return quantization(scales, new long[scales.length], many.axis());
    }
    return ABSENT;
  }

  private int quantization(float[] scales, long[] zeroPoints, int axis) {
    return SchemaTables.quantization(builder, scales, zeroPoints, axis);
  }

  private int buffer(byte[] data, int alignment) {
    buffers.add(SchemaTables.buffer(builder, data, alignment));
    return buffers.size() - 1;
  }

  private int subgraph() {
    int tensorVector = SubGraph.createTensorsVector(builder, array(tensors));
    int inputs = SubGraph.createInputsVector(builder, new int[] {copied(model.input())});
    int outputs = SubGraph.createOutputsVector(builder, array(outputs()));
    int operatorVector = SubGraph.createOperatorsVector(builder, array(operators));
    return SubGraph.createSubGraph(builder, tensorVector, inputs, outputs, operatorVector, ABSENT);
  }

  private List<Integer> outputs() {
    List<Integer> outputs = new ArrayList<>(List.of(copied(model.output())));
    Liveness.of(model).unread().forEach(tensor -> outputs.add(copied(tensor)));
    return outputs;
  }

  private int[] operatorCodes() {
    return codes.keySet().stream()
        .mapToInt(
            code ->
                OperatorCode.createOperatorCode(
                    builder,
                    (byte) Math.min(code.builtin(), Builtin.PLACEHOLDER),
                    ABSENT,
                    code.version(),
                    code.builtin()))
        .toArray();
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
