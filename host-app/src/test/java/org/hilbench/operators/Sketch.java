package org.hilbench.operators;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

/** A .tflite in the making: any operator, any version, whether a kernel takes it or not. */
public final class Sketch {
  /** {@code TensorType} of the schema. */
  public static final byte INT32 = 2, INT64 = 4, BOOL = 6, INT16 = 7, INT8 = 9, INT4 = 17;

  private static final int PLACEHOLDER = 127;
  private static final int SCHEMA_VERSION = 3;
  private static final int ALIGNMENT = 16;

  private final List<TensorT> tensors = new ArrayList<>();
  private final List<byte[]> buffers = new ArrayList<>(List.of(new byte[0]));
  private final List<OperatorT> operators = new ArrayList<>();
  private final List<OperatorCodeT> codes = new ArrayList<>();
  private final StringBuilder story = new StringBuilder();

  /** One tensor with one scale; nobody writes into its shape. */
  @SuppressWarnings("ArrayRecordComponent")
  public record T(int index, int[] shape, byte type, float scale, int zeroPoint) {
    int rank() {
      return shape.length;
    }

    int elements() {
      return product(shape);
    }

    int last() {
      return shape[shape.length - 1];
    }
  }

  static int product(int[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** An activation. */
  public T activation(int[] shape, byte type, float scale, int zeroPoint) {
    return constant(shape, type, scale, zeroPoint, new byte[0]);
  }

  /** One with the type and scale of another. */
  public T like(T other, int... shape) {
    return activation(shape, other.type, other.scale, other.zeroPoint);
  }

  /** A constant with one scale; 0 stands for none. */
  public T constant(int[] shape, byte type, float scale, int zeroPoint, byte[] data) {
    float[] scales = scale == 0 ? new float[0] : new float[] {scale};
    int index = tensor(shape, type, scales, zeroPoint, 0, data);
    return new T(index, shape, type, scale, zeroPoint);
  }

  /** int32 values without a scale. */
  public int ints(int[] shape, int... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asIntBuffer().put(values);
    return tensor(shape, INT32, new float[0], 0, 0, data.array());
  }

  /** int64 values without a scale. */
  public int longs(int[] shape, int... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(data::putLong);
    return tensor(shape, INT64, new float[0], 0, 0, data.array());
  }

  /** Any tensor; without data it is an activation. */
  public int tensor(int[] shape, byte type, float[] scales, int zeroPoint, int axis, byte[] data) {
    TensorT tensor = new TensorT();
    tensor.setShape(shape);
    tensor.setType(type);
    tensor.setName("t" + tensors.size());
    if (scales.length > 0) {
      QuantizationParametersT scheme = new QuantizationParametersT();
      scheme.setScale(scales);
      long[] zeroPoints = new long[scales.length];
      Arrays.fill(zeroPoints, zeroPoint);
      scheme.setZeroPoint(zeroPoints);
      scheme.setQuantizedDimension(axis);
      tensor.setQuantization(scheme);
    }
    if (data.length > 0) {
      tensor.setBuffer(buffers.size());
      buffers.add(data);
    }
    tensors.add(tensor);
    return tensors.size() - 1;
  }

  /** Marks a tensor as one that keeps its value. */
  public void variable(int tensor) {
    tensors.get(tensor).setIsVariable(true);
  }

  /** Appends an operator; options may be null. */
  public void operator(
      int code, int version, byte optionsType, @Nullable Object options, int[] in, int... out) {
    OperatorT operator = new OperatorT();
    operator.setOpcodeIndex(code(code, version));
    operator.setInputs(in);
    operator.setOutputs(out);
    if (options != null) {
      BuiltinOptionsUnion union = new BuiltinOptionsUnion();
      union.setType(optionsType);
      union.setValue(options);
      operator.setBuiltinOptions(union);
    }
    operators.add(operator);
    story.append(story.isEmpty() ? "" : " > ").append(name(code)).append(" v").append(version);
  }

  /** Gives the last operator custom options. */
  public void customOptions(byte... options) {
    int[] unsigned = new int[options.length];
    Arrays.setAll(unsigned, i -> options[i] & 0xff);
    operators.get(operators.size() - 1).setCustomOptions(unsigned);
  }

  static String name(int code) {
    return BuiltinOperator.names[code];
  }

  /** Operators and versions, in order. */
  public String story() {
    return story.toString();
  }

  private int code(int code, int version) {
    int known =
        IntStream.range(0, codes.size())
            .filter(
                i -> codes.get(i).getBuiltinCode() == code && codes.get(i).getVersion() == version)
            .findFirst()
            .orElse(-1);
    if (known >= 0) {
      return known;
    }
    OperatorCodeT added = new OperatorCodeT();
    added.setDeprecatedBuiltinCode((byte) Math.min(code, PLACEHOLDER));
    added.setBuiltinCode(code);
    added.setVersion(version);
    codes.add(added);
    return codes.size() - 1;
  }

  /** The file. */
  public byte[] file(int input, int output) {
    SubGraphT graph = new SubGraphT();
    graph.setTensors(tensors.toArray(TensorT[]::new));
    graph.setInputs(new int[] {input});
    graph.setOutputs(new int[] {output});
    graph.setOperators(operators.toArray(OperatorT[]::new));
    FlatBufferBuilder builder = new FlatBufferBuilder(1 << 12);
    int[] stored = buffers.stream().mapToInt(data -> buffer(builder, data)).toArray();
    int[] coded = codes.stream().mapToInt(code -> OperatorCode.pack(builder, code)).toArray();
    int[] graphs = {SubGraph.pack(builder, graph)};
    int root =
        Model.createModel(
            builder,
            SCHEMA_VERSION,
            Model.createOperatorCodesVector(builder, coded),
            Model.createSubgraphsVector(builder, graphs),
            0,
            Model.createBuffersVector(builder, stored),
            0,
            0,
            0);
    Model.finishModelBuffer(builder, root);
    return builder.sizedByteArray();
  }

  /** Aligned as converters do it, and as a device must find it. */
  private static int buffer(FlatBufferBuilder builder, byte[] data) {
    if (data.length == 0) {
      return Buffer.createBuffer(builder, 0);
    }
    ByteBuffer place = builder.createUnintializedVector(1, data.length, ALIGNMENT);
    place.put(data);
    return Buffer.createBuffer(builder, builder.endVector());
  }
}
