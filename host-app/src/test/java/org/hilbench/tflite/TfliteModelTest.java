package org.hilbench.tflite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.graph.Quantization;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

class TfliteModelTest {
  private static final int ROUNDS = 1500;

  @Test
  void theKeywordSpottingModelOfMlperfTinyIsRead() throws Exception {
    TfliteModel model = TfliteModel.parse(mlperf("kws_dscnn_int8.tflite"));
    assertEquals(2_656_768, model.macs());
    assertEquals(List.of(1, 49, 10, 1), model.inputTensor().shape());
    assertEquals(List.of(1, 12), model.outputTensor().shape());
    assertEquals("CONV_2D", model.operators().get(0).name());
  }

  @Test
  void theImageModelOfMlperfTinyIsRead() throws Exception {
    TfliteModel model = TfliteModel.parse(mlperf("ic_resnet8_int8.tflite"));
    assertEquals(12_501_632, model.macs());
    assertEquals(List.of(1, 32, 32, 3), model.inputTensor().shape());
  }

  @Test
  void aFileCutShortAnywhereIsRefused() throws Exception {
    byte[] whole = mlperf("kws_dscnn_int8.tflite");
    for (int length = 0; length < whole.length; length += 97) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      BenchException refusal =
          assertThrows(BenchException.class, () -> TfliteModel.parse(cut), "at " + length);
      assertEquals(BenchException.Kind.USAGE, refusal.kind());
      assertTrue(String.valueOf(refusal.getMessage()).contains(length + " bytes"));
    }
  }

  @Test
  void filesWithDamagedTablesAreReadOrRefusedButNeverFailOtherwise() throws Exception {
    Random random = new Random(4);
    for (String name : List.of("kws_dscnn_int8.tflite", "ic_resnet8_int8.tflite")) {
      byte[] whole = mlperf(name);
      int[] structure = positionsOutsideOfConstants(whole);
      int refused = 0;
      for (int round = 0; round < ROUNDS; round++) {
        byte[] damaged = whole.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          int at = structure[random.nextInt(structure.length)];
          int bits = random.nextBoolean() ? 1 << random.nextInt(8) : random.nextInt(256);
          damaged[at] ^= (byte) bits;
        }
        refused += refuses(damaged) ? 1 : 0;
      }
      assertTrue(refused > ROUNDS / 3, name + ": only " + refused + " of " + ROUNDS + " refused");
    }
  }

  @Test
  void bytesOfNoMeaningAreRefused() {
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] garbage = new byte[random.nextInt(400)];
      random.nextBytes(garbage);
      assertTrue(refuses(garbage));
      if (garbage.length >= 8) {
        System.arraycopy("TFL3".getBytes(US_ASCII), 0, garbage, 4, 4);
        garbage[1] = 0;
        garbage[2] = 0;
        garbage[3] = 0;
        assertTrue(refuses(garbage));
      }
    }
  }

  @Test
  void aBiasMayCarryTheAxisOfItsWeights() throws Exception {
    byte[] file =
        changed(
            model ->
                eachTensor(
                    model,
                    tensor -> {
                      if (tensor.getShape().length == 1 && tensor.getQuantization() != null) {
                        tensor.getQuantization().setQuantizedDimension(3);
                      }
                    }));
    TfliteModel model = TfliteModel.parse(file);
    TfliteTensor bias = model.tensors().get(model.operators().get(0).inputs().get(2));
    assertEquals(0, ((Quantization.PerChannel) bias.quantization()).axis());
  }

  @Test
  void tensorsThatNoOperatorTouchesMayBeEmptyOrDangling() throws Exception {
    for (int[] shape : List.of(new int[] {0}, new int[] {1, 4, 0}, new int[] {7, 2})) {
      byte[] file =
          changed(
              model -> {
                TensorT more = new TensorT();
                more.setShape(shape);
                more.setType(org.tensorflow.lite.schema.TensorType.INT8);
                SubGraphT graph = model.getSubgraphs()[0];
                TensorT[] tensors =
                    Arrays.copyOf(graph.getTensors(), graph.getTensors().length + 1);
                tensors[tensors.length - 1] = more;
                graph.setTensors(tensors);
              });
      assertEquals(2_656_768, TfliteModel.parse(file).macs());
    }
  }

  @Test
  void whatAnOperatorWorksOnHasElements() throws Exception {
    byte[] file =
        changed(
            model -> {
              SubGraphT graph = model.getSubgraphs()[0];
              graph.getTensors()[graph.getOutputs()[0]].setShape(new int[] {1, 0});
            });
    BenchException refusal = assertThrows(BenchException.class, () -> TfliteModel.parse(file));
    assertTrue(refusal.getMessage().contains("which has no elements"), refusal.getMessage());
  }

  @Test
  void everyOddModelIsReadOrSaysWhatItIsButNoneIsCalledDamaged() throws Exception {
    try (Stream<Path> files = Files.list(SharedData.data("odd_models"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".tflite")).toList()) {
        if (file.endsWith("lfs_pointer.tflite")) {
          assertTrue(refuses(Files.readAllBytes(file)));
        } else {
          assertDoesNotThrow(() -> TfliteModel.parse(Files.readAllBytes(file)), file.toString());
        }
      }
    }
  }

  private static void eachTensor(ModelT model, Consumer<TensorT> change) {
    for (TensorT tensor : model.getSubgraphs()[0].getTensors()) {
      change.accept(tensor);
    }
  }

  private static byte[] changed(Consumer<ModelT> change) throws IOException {
    byte[] bytes = mlperf("kws_dscnn_int8.tflite");
    ModelT model = Model.getRootAsModel(ByteBuffer.wrap(bytes)).unpack();
    change.accept(model);
    FlatBufferBuilder builder = new FlatBufferBuilder(bytes.length);
    builder.finish(Model.pack(builder, model), "TFL3");
    return builder.sizedByteArray();
  }

  private static int[] positionsOutsideOfConstants(byte[] file) throws BenchException {
    TfliteModel model = TfliteModel.parse(file);
    String text = new String(file, ISO_8859_1);
    BitSet structure = new BitSet(file.length);
    structure.set(0, file.length);
    for (TfliteTensor tensor : model.tensors()) {
      byte[] constant = model.constant(tensor.index());
      if (constant.length >= 32) {
        int at = text.indexOf(new String(constant, ISO_8859_1));
        structure.clear(at, at + constant.length);
      }
    }
    return structure.stream().toArray();
  }

  private static boolean refuses(byte[] bytes) {
    try {
      TfliteModel model = TfliteModel.parse(bytes);
      assertTrue(model.macs() >= 0 && model.params() >= 0);
      return false;
    } catch (BenchException e) {
      return true;
    }
  }

  private static byte[] mlperf(String name) throws IOException {
    return Files.readAllBytes(SharedData.data("mlperf_tiny/" + name));
  }
}
