package org.hilbench.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.QuantizationDetails;
import org.tensorflow.lite.schema.QuantizationParameters;

/** Tables of TensorFlow Lite's schema that every file of ours holds. */
final class SchemaTables {
  private static final int ABSENT = 0;

  private SchemaTables() {}

  /** A quantization of one scale, or of one a channel along the axis. */
  static int quantization(FlatBufferBuilder builder, float[] scales, long[] zeroPoints, int axis) {
    int scaleVector = QuantizationParameters.createScaleVector(builder, scales);
    int zeroPointVector = QuantizationParameters.createZeroPointVector(builder, zeroPoints);
    return QuantizationParameters.createQuantizationParameters(
        builder,
        ABSENT,
        ABSENT,
        scaleVector,
        zeroPointVector,
        QuantizationDetails.NONE,
        ABSENT,
        axis);
  }

  /** Data at this alignment, which the generated createDataVector ignores. */
  static int buffer(FlatBufferBuilder builder, byte[] data, int alignment) {
    ByteBuffer space = builder.createUnintializedVector(1, data.length, alignment);
    space.put(data);
    return Buffer.createBuffer(builder, builder.endVector());
  }
}
