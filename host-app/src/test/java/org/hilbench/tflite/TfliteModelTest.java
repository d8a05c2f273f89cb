package org.hilbench.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.hilbench.BenchException;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Test;

class TfliteModelTest {

  @Test
  void theKeywordSpottingModelOfMlperfTinyIsRead() throws Exception {
    TfliteModel model = TfliteModel.parse(mlperf("kws_dscnn_int8.tflite"));
    assertEquals(2_656_768, model.macs());
    assertEquals(List.of(1, 49, 10, 1), model.inputTensor().shape());
    assertEquals(List.of(1, 12), model.outputTensor().shape());
    assertEquals("CONV_2D", model.operators().get(0).name());
    model.operators().forEach(System.out::println);
  }

  @Test
  void theImageModelOfMlperfTinyIsRead() throws Exception {
    TfliteModel model = TfliteModel.parse(mlperf("ic_resnet8_int8.tflite"));
    model.operators().forEach(System.out::println);
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
  void damagedFilesAreReadOrRefusedButNeverFailOtherwise() throws Exception {
    Random random = new Random(4);
    int refused = 0;
    for (String name : List.of("kws_dscnn_int8.tflite", "ic_resnet8_int8.tflite")) {
      byte[] whole = mlperf(name);
      for (int round = 0; round < 2000; round++) {
        byte[] damaged = whole.clone();
        for (int flips = 1 + random.nextInt(40); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        refused += refuses(damaged) ? 1 : 0;
      }
    }
    assertTrue(refused > 400, "only " + refused + " of 4000 were refused");
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
