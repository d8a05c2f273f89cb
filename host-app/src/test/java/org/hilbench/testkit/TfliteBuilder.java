package org.hilbench.testkit;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.BufferT;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/** Writes .tflite files operator by operator, also such as no network of ours has. */
public final class TfliteBuilder {
  /** {@code TensorType.INT4}, which the packaged schema is too old for. */
  public static final byte INT4 = 17;

  private static final int SCHEMA = 3;

  private final List<TensorT> tensors = new ArrayList<>();
  private final List<BufferT> buffers = new ArrayList<>(List.of(buffer(new byte[0])));
  private final List<OperatorCodeT> codes = new ArrayList<>();
  private final List<OperatorT> operators = new ArrayList<>();

  /** The scales of a tensor, one or one for each index of a dimension. */
  public record Scales(List<Float> scales, long zeroPoint, int dimension) {
    public static Scales of(float scale, long zeroPoint) {
      return new Scales(List.of(scale), zeroPoint, 0);
    }
  }

  /** A tensor that is computed; its index. */
  public int activation(byte type, Scales scales, int... shape) {
    return tensor(type, scales, 0, shape);
  }

  /** A tensor with its bytes in the file; its index. */
  public int constant(byte type, Scales scales, byte[] bytes, int... shape) {
    buffers.add(buffer(bytes));
    return tensor(type, scales, buffers.size() - 1, shape);
  }

  /** A constant INT32 vector without a scale; its index. */
  public int integers(int... values) {
    return integers(new int[] {values.length}, values);
  }

  /** A constant INT32 tensor without a scale; its index. */
  public int integers(int[] shape, int[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putInt);
    buffers.add(buffer(bytes.array()));
    return tensor(TensorType.INT32, null, buffers.size() - 1, shape);
  }

  private int tensor(byte type, @Nullable Scales scales, int buffer, int[] shape) {
    TensorT tensor = new TensorT();
    tensor.setName("tensor" + tensors.size());
    tensor.setType(type);
    tensor.setShape(shape);
    tensor.setBuffer(buffer);
    if (scales != null) {
      QuantizationParametersT quantization = new QuantizationParametersT();
      float[] each = new float[scales.scales().size()];
      for (int i = 0; i < each.length; i++) {
        each[i] = scales.scales().get(i);
      }
      quantization.setScale(each);
      long[] zeroPoints = new long[each.length];
      Arrays.fill(zeroPoints, scales.zeroPoint());
      quantization.setZeroPoint(zeroPoints);
      quantization.setQuantizedDimension(scales.dimension());
      tensor.setQuantization(quantization);
    }
    tensors.add(tensor);
    return tensors.size() - 1;
  }

  /**
   * Appends an operator.
   *
   * @param optionsType of {@code BuiltinOptions}; 0 where there are none
   */
  public void operator(
      int code, int version, byte optionsType, @Nullable Object options, int[] inputs, int output) {
    OperatorCodeT of = new OperatorCodeT();
    of.setBuiltinCode(code);
    of.setDeprecatedBuiltinCode((byte) Math.min(code, Byte.MAX_VALUE));
    of.setVersion(version);
    codes.add(of);
    OperatorT operator = new OperatorT();
    operator.setOpcodeIndex(codes.size() - 1);
    operator.setInputs(inputs);
    operator.setOutputs(new int[] {output});
    if (options != null) {
      BuiltinOptionsUnion union = new BuiltinOptionsUnion();
      union.setType(optionsType);
      union.setValue(options);
      operator.setBuiltinOptions(union);
    }
    operators.add(operator);
  }

  /** The file. */
  public byte[] file(int input, int output) {
    SubGraphT graph = new SubGraphT();
    graph.setTensors(tensors.toArray(TensorT[]::new));
    graph.setOperators(operators.toArray(OperatorT[]::new));
    graph.setInputs(new int[] {input});
    graph.setOutputs(new int[] {output});
    ModelT model = new ModelT();
    model.setVersion(SCHEMA);
    model.setSubgraphs(new SubGraphT[] {graph});
    model.setBuffers(buffers.toArray(BufferT[]::new));
    model.setOperatorCodes(codes.toArray(OperatorCodeT[]::new));
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.finish(Model.pack(builder, model), "TFL3");
    return builder.sizedByteArray();
  }

  private static BufferT buffer(byte[] bytes) {
    int[] unsigned = new int[bytes.length]; // so the packaged schema wants it
    Arrays.setAll(unsigned, i -> Byte.toUnsignedInt(bytes[i]));
    BufferT buffer = new BufferT();
    buffer.setData(unsigned);
    return buffer;
  }
}
