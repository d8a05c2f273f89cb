package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hilbench.BenchException;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.Width;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BufferT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/** Each refusal, on a published model with one thing changed. */
class OperatorCheckTest {
  private static final KernelRegistrations REFERENCE =
      new KernelRegistrations("reference", RegistrationsFile.EMPTY, false, List.of());

  /** The second operator of the keyword-spotting model is its first depthwise convolution. */
  private static final int DEPTHWISE = 1;

  private static final int POOL = 9;

  private static final int FULLY_CONNECTED = 11;

  @Test
  void thePublishedModelsAreTaken() throws Exception {
    OperatorCheck.check(Workshop.mlperf("kws_dscnn_int8"), REFERENCE, List.of());
    OperatorCheck.check(Workshop.mlperf("ic_resnet8_int8"), REFERENCE, List.of());
  }

  @Test
  void anOperatorWithoutKernelIsNamed() throws Exception {
    String refusal =
        refusal(file -> code(file, BuiltinOperator.AVERAGE_POOL_2D, BuiltinOperator.MEAN, 2));
    assertTrue(refusal.contains("operator 9 (MEAN version 2) has no int8 kernel"), refusal);
    assertTrue(refusal.contains("tfmicro-0.1.0, kernels reference"), refusal);
  }

  @Test
  void anOperatorOfANewerVersionIsNamed() throws Exception {
    String refusal =
        refusal(file -> code(file, BuiltinOperator.SOFTMAX, BuiltinOperator.SOFTMAX, 4));
    assertTrue(
        refusal.contains("operator 12 (SOFTMAX version 4) is newer than version 3"), refusal);
  }

  @Test
  void everyReasonIsToldAtOnce() throws Exception {
    String refusal =
        refusal(
            file -> {
              code(file, BuiltinOperator.AVERAGE_POOL_2D, BuiltinOperator.MEAN, 2);
              code(file, BuiltinOperator.SOFTMAX, BuiltinOperator.SOFTMAX, 9);
            });
    assertTrue(refusal.contains("operator 9 (MEAN"), refusal);
    assertTrue(refusal.contains("operator 12 (SOFTMAX version 9)"), refusal);
  }

  @Test
  void aDilatedDepthwiseConvolutionWithSamePaddingIsNamed() throws Exception {
    Consumer<ModelT> dilated =
        file -> {
          operator(file, DEPTHWISE)
              .getBuiltinOptions()
              .asDepthwiseConv2DOptions()
              .setDilationHFactor(2);
          operator(file, DEPTHWISE)
              .getBuiltinOptions()
              .asDepthwiseConv2DOptions()
              .setDilationWFactor(2);
        };
    assertTrue(refusal(dilated).contains("operator 1 (DEPTHWISE_CONV_2D version 3) is dilated"));
    Consumer<ModelT> valid =
        file -> {
          operator(file, DEPTHWISE)
              .getBuiltinOptions()
              .asDepthwiseConv2DOptions()
              .setPadding(Padding.VALID);
          TensorT weights = tensor(file, operator(file, DEPTHWISE).getInputs()[1]);
          weights.setShape(new int[] {1, 1, 1, weights.getShape()[3]}); // the output stays as large
          file.getBuffers()[(int) weights.getBuffer()].setData(new int[weights.getShape()[3]]);
        };
    assertDoesNotThrow(
        () -> OperatorCheck.check(changed(dilated.andThen(valid)), REFERENCE, List.of()));
  }

  @Test
  void anActivationThatADepthwiseConvolutionNeedsIsNamed() throws Exception {
    Consumer<ModelT> relu =
        file ->
            operator(file, DEPTHWISE)
                .getBuiltinOptions()
                .asDepthwiseConv2DOptions()
                .setFusedActivationFunction(ActivationFunctionType.RELU);
    assertDoesNotThrow(
        () -> OperatorCheck.check(changed(relu), REFERENCE, List.of()),
        "its zero point is -128 already");
    Consumer<ModelT> centred =
        file ->
            tensor(file, operator(file, DEPTHWISE).getOutputs()[0])
                .getQuantization()
                .setZeroPoint(new long[] {0});
    assertTrue(refusal(relu.andThen(centred)).contains("has the activation RELU"));
    Consumer<ModelT> relu6 =
        file ->
            operator(file, DEPTHWISE)
                .getBuiltinOptions()
                .asDepthwiseConv2DOptions()
                .setFusedActivationFunction(ActivationFunctionType.RELU6);
    assertTrue(refusal(relu6.andThen(scale(6.5f / 255))).contains("has the activation RELU6"));
    assertDoesNotThrow(
        () -> OperatorCheck.check(changed(relu6.andThen(scale(6f / 255))), REFERENCE, List.of()));
  }

  @Test
  void fullyConnectedWeightsPerChannelAreNamed() throws Exception {
    Consumer<ModelT> perChannel =
        file -> {
          TensorT weights = tensor(file, operator(file, FULLY_CONNECTED).getInputs()[1]);
          int channels = weights.getShape()[0];
          float[] scales = new float[channels];
          for (int i = 0; i < channels; i++) {
            scales[i] = 0.01f * (i + 1);
          }
          weights.getQuantization().setScale(scales);
          weights.getQuantization().setZeroPoint(new long[channels]);
          weights.getQuantization().setQuantizedDimension(0);
        };
    assertTrue(refusal(perChannel).contains("has per-channel weights"), refusal(perChannel));
  }

  @Test
  void keptDimensionsOfFullyConnectedAreNamed() throws Exception {
    String refusal =
        refusal(
            file ->
                operator(file, FULLY_CONNECTED)
                    .getBuiltinOptions()
                    .asFullyConnectedOptions()
                    .setKeepNumDims(true));
    assertTrue(refusal.contains("has keep_num_dims"), refusal);
  }

  @Test
  void aTensorThatNobodyReadsIsNoReason() throws Exception {
    TfliteModel model =
        changed(
            file -> {
              TensorT dead = new TensorT();
              dead.setName("dead");
              dead.setShape(new int[] {1, 4});
              dead.setType(TensorType.INT8);
              TensorT[] old = file.getSubgraphs()[0].getTensors();
              TensorT[] more = java.util.Arrays.copyOf(old, old.length + 1);
              more[old.length] = dead;
              file.getSubgraphs()[0].setTensors(more);
            });
    assertDoesNotThrow(() -> OperatorCheck.check(model, REFERENCE, List.of()));
  }

  @Test
  void anOperatorOfTheKernelSetIsTheSetsOwnAffair() throws Exception {
    RegistrationsFile file = RegistrationsFile.parse(List.of("MEAN mine::Mean 1-2 # ours"));
    KernelRegistrations own = new KernelRegistrations("mine", file, false, List.of());
    Consumer<ModelT> mean =
        model -> code(model, BuiltinOperator.AVERAGE_POOL_2D, BuiltinOperator.MEAN, 2);
    assertDoesNotThrow(() -> OperatorCheck.check(changed(mean), own, List.of()));
    Consumer<ModelT> newer =
        model -> code(model, BuiltinOperator.AVERAGE_POOL_2D, BuiltinOperator.MEAN, 3);
    BenchException e =
        assertThrows(
            BenchException.class, () -> OperatorCheck.check(changed(newer), own, List.of()));
    assertTrue(e.getMessage().contains("outside the versions 1 to 2"), e.getMessage());
  }

  @Test
  void aRegistrationsFileIsReadOrItsLineNamed() {
    RegistrationsFile file =
        RegistrationsFile.parse(
            List.of("# ours", "", "CONV_2D a::b::Conv 1-3", "scratch a::Bytes a::Use"));
    assertEquals(
        List.of(new RegistrationsFile.Registration("CONV_2D", Width.INT8, "a::b::Conv", 1, 3)),
        file.own());
    assertEquals(Optional.of(new RegistrationsFile.Scratch("a::Bytes", "a::Use")), file.scratch());
    for (String wrong :
        List.of("CONV_2D a::b", "CONV_2D a;b 1-3", "CONV_2D a 3", "scratch a", "conv a 1-2")) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> RegistrationsFile.parse(List.of("ADD x 1-2", wrong)));
      assertTrue(e.getMessage().startsWith("line 2, '" + wrong + "'"), e.getMessage());
    }
  }

  private static Consumer<ModelT> scale(float scale) {
    return file ->
        tensor(file, operator(file, DEPTHWISE).getOutputs()[0])
            .getQuantization()
            .setScale(new float[] {scale});
  }

  private static String refusal(Consumer<ModelT> change) throws Exception {
    TfliteModel model = changed(change);
    BenchException e =
        assertThrows(BenchException.class, () -> OperatorCheck.check(model, REFERENCE, List.of()));
    assertEquals(BenchException.Kind.USAGE, e.kind());
    return e.getMessage();
  }

  private static TfliteModel changed(Consumer<ModelT> change) throws Exception {
    byte[] bytes = Workshop.mlperf("kws_dscnn_int8").bytes();
    ModelT file = Model.getRootAsModel(ByteBuffer.wrap(bytes)).unpack();
    change.accept(file);
    FlatBufferBuilder builder = new FlatBufferBuilder(bytes.length);
    builder.finish(Model.pack(builder, file), "TFL3");
    return TfliteModel.parse(builder.sizedByteArray());
  }

  private static OperatorT operator(ModelT file, int index) {
    return file.getSubgraphs()[0].getOperators()[index];
  }

  private static TensorT tensor(ModelT file, int index) {
    return file.getSubgraphs()[0].getTensors()[index];
  }

  private static void code(ModelT file, int from, int to, int version) {
    for (OperatorCodeT code : file.getOperatorCodes()) {
      // Files of before 2020 have the code in the old field alone.
      if (Math.max(code.getBuiltinCode(), code.getDeprecatedBuiltinCode()) == from) {
        code.setBuiltinCode(to);
        code.setDeprecatedBuiltinCode((byte) to);
        code.setVersion(version);
      }
    }
    if (to == BuiltinOperator.MEAN) {
      operator(file, POOL).setInputs(new int[] {operator(file, POOL).getInputs()[0], axes(file)});
    }
  }

  /** MEAN has a second input: over which axes. */
  private static int axes(ModelT file) {
    BufferT data = new BufferT();
    data.setData(new int[] {1, 0, 0, 0, 2, 0, 0, 0});
    BufferT[] buffers = Arrays.copyOf(file.getBuffers(), file.getBuffers().length + 1);
    buffers[buffers.length - 1] = data;
    file.setBuffers(buffers);
    TensorT axes = new TensorT();
    axes.setShape(new int[] {2});
    axes.setType(TensorType.INT32);
    axes.setBuffer(buffers.length - 1);
    TensorT[] old = file.getSubgraphs()[0].getTensors();
    TensorT[] tensors = Arrays.copyOf(old, old.length + 1);
    tensors[old.length] = axes;
    file.getSubgraphs()[0].setTensors(tensors);
    return old.length;
  }
}
