package org.hilbench.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Quantization;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Tensor;
import org.hilbench.quantize.QuantizedParameters;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.TensorType;

/** Tensors and buffers of the file that is being written, in the order of their indices. */
final class TensorTable {
  /** {@code force_align} of the schema; the device reads weights where they lie. */
  private static final int BUFFER_ALIGNMENT = 16;

  private static final int NO_DATA = 0;
  private static final int ABSENT = 0;

  /** {@code TensorType.INT4}, newer than the generated schema. */
  private static final byte INT4 = 17;

  private final FlatBufferBuilder builder;
  private final List<Integer> tensors = new ArrayList<>();
  private final List<Integer> buffers = new ArrayList<>();

  TensorTable(FlatBufferBuilder builder) {
    this.builder = builder;
    // Buffer 0 stands for "no data" in every file.
    buffers.add(Buffer.createBuffer(builder, ABSENT));
  }

  int[] tensors() {
    return tensors.stream().mapToInt(Integer::intValue).toArray();
  }

  int[] buffers() {
    return buffers.stream().mapToInt(Integer::intValue).toArray();
  }

  int addActivation(Tensor tensor, boolean flat) {
    Shape shape = tensor.shape();
    int[] sides =
        flat
            ? new int[] {1, shape.channels()}
            : new int[] {1, shape.height(), shape.width(), shape.channels()};
    int[] signature = sides.clone();
    signature[0] = -1;
    Quantization.PerTensor scheme = (Quantization.PerTensor) tensor.quantization();
    int quantization = quantization(List.of(scheme.scale()), scheme.zeroPoint(), 0);
    int signatureVector =
        org.tensorflow.lite.schema.Tensor.createShapeSignatureVector(builder, signature);
    byte type = tensor.type() == DataType.INT16 ? TensorType.INT16 : TensorType.INT8;
    return add(tensor.name(), sides, signatureVector, type, NO_DATA, quantization);
  }

  int addKernel(String name, int[] shape, QuantizedParameters parameters) {
    Quantization.PerChannel scheme = parameters.weightQuantization();
    int quantization = quantization(scheme.scales(), 0, scheme.axis());
    boolean narrow = parameters.weightType() == DataType.INT4;
    byte[] data = narrow ? packed(parameters.weights()) : parameters.weights();
    byte type = narrow ? INT4 : TensorType.INT8;
    return add(name, shape, ABSENT, type, addBuffer(data), quantization);
  }

  /** Beside int16 activations TensorFlow Lite wants int64, else int32. */
  int addBias(String name, QuantizedParameters parameters, DataType activations) {
    boolean wide = activations == DataType.INT16;
    int quantization = quantization(parameters.biasScales(), 0, 0);
    int buffer = addBuffer(wide ? longs(parameters.bias()) : littleEndian(parameters.bias()));
    int[] shape = {parameters.channels()};
    byte type = wide ? TensorType.INT64 : TensorType.INT32;
    return add(name, shape, ABSENT, type, buffer, quantization);
  }

  /** An int32 vector that tells RESHAPE the shape of its output. */
  int addShape(String name, int... values) {
    int buffer = addBuffer(littleEndian(values));
    return add(name, new int[] {values.length}, ABSENT, TensorType.INT32, buffer, ABSENT);
  }

  private int add(
      String name, int[] shape, int signatureVector, byte type, int buffer, int quantization) {
    int nameString = builder.createString(name);
    int shapeVector = org.tensorflow.lite.schema.Tensor.createShapeVector(builder, shape);
    tensors.add(
        org.tensorflow.lite.schema.Tensor.createTensor(
            builder,
            shapeVector,
            type,
            buffer,
            nameString,
            quantization,
            false,
            ABSENT,
            signatureVector,
            true,
            ABSENT));
    return tensors.size() - 1;
  }

  private int quantization(List<Float> scales, long zeroPoint, int axis) {
    float[] scaleArray = new float[scales.size()];
    long[] zeroPoints = new long[scales.size()];
    for (int i = 0; i < scaleArray.length; i++) {
      scaleArray[i] = scales.get(i);
    }
    Arrays.fill(zeroPoints, zeroPoint);
    return SchemaTables.quantization(builder, scaleArray, zeroPoints, axis);
  }

  private int addBuffer(byte[] data) {
    buffers.add(SchemaTables.buffer(builder, data, BUFFER_ALIGNMENT));
    return buffers.size() - 1;
  }

  /** Two elements a byte, the first in the low half. */
  private static byte[] packed(byte[] values) {
    byte[] packed = new byte[(values.length + 1) / 2];
    for (int i = 0; i < values.length; i++) {
      packed[i / 2] |= (byte) ((values[i] & 0xf) << (i % 2 * 4));
    }
    return packed;
  }

  private static byte[] longs(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }

  private static byte[] littleEndian(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }
}
