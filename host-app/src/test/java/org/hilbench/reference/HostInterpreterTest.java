package org.hilbench.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteOperator;
import org.junit.jupiter.api.Test;

class HostInterpreterTest {
  private static final List<String> MODELS =
      List.of("kws_dscnn_int8.tflite", "ic_resnet8_int8.tflite");

  @Test
  void bothModelsOfMlperfTinyRunAndRepeatThemselves() throws Exception {
    for (String name : MODELS) {
      for (Kernels kernels : Kernels.values()) {
        try (HostInterpreter interpreter = HostInterpreter.open(mlperf(name), kernels)) {
          byte[] input = input(interpreter, 37, 256, -128);
          byte[] first = interpreter.invoke(input);
          interpreter.invoke(input(interpreter, 37, 31, -15));
          assertArrayEquals(first, interpreter.invoke(input), name + " " + kernels);
          assertEquals(interpreter.model().outputTensor().bytes(), first.length);
        }
      }
    }
  }

  @Test
  void everyTensorIsKeptAfterAnInference() throws Exception {
    for (String name : MODELS) {
      try (HostInterpreter interpreter = HostInterpreter.open(mlperf(name), Kernels.REFERENCE)) {
        byte[] input = input(interpreter, 37, 31, -15);
        byte[] output = interpreter.invoke(input);
        assertArrayEquals(input, interpreter.tensor(interpreter.model().input()));
        assertArrayEquals(output, interpreter.tensor(interpreter.model().output()));
        for (TfliteOperator operator : interpreter.model().operators()) {
          byte[] bytes = interpreter.tensor(operator.outputs().get(0));
          long different = Arrays.stream(boxed(bytes)).distinct().count();
          assertTrue(bytes.length > 0 && different > 1, name + " " + operator.label());
        }
      }
    }
  }

  @Test
  void closingTwiceIsHarmlessAndUsingAClosedOneIsRefused() throws Exception {
    HostInterpreter interpreter = HostInterpreter.open(mlperf(MODELS.get(0)), Kernels.REFERENCE);
    interpreter.close();
    interpreter.close();
    assertThrows(IllegalStateException.class, () -> interpreter.tensor(0));
  }

  @Test
  void anInputOfAnotherLengthIsRefused() throws Exception {
    try (HostInterpreter interpreter =
        HostInterpreter.open(mlperf(MODELS.get(0)), Kernels.OPTIMIZED)) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> interpreter.invoke(new byte[489]));
      assertEquals("the input takes 490 bytes, not 489", refusal.getMessage());
    }
  }

  @Test
  void aFileThatIsCutShortIsRefusedBeforeNativeCodeSeesIt() throws Exception {
    byte[] cut = Arrays.copyOf(mlperf(MODELS.get(0)), 20_000);
    BenchException refusal =
        assertThrows(BenchException.class, () -> HostInterpreter.open(cut, Kernels.REFERENCE));
    assertEquals(BenchException.Kind.USAGE, refusal.kind());
  }

  @Test
  void nativeMemoryIsGivenBack() throws Exception {
    byte[] file = mlperf(MODELS.get(1));
    for (int warmUp = 0; warmUp < 100; warmUp++) {
      HostInterpreter.open(file, Kernels.OPTIMIZED).close();
    }
    long before = NativeMemory.bytesInUse();
    for (int round = 0; round < 200; round++) {
      HostInterpreter.open(file, Kernels.OPTIMIZED).close();
    }
    long grown = NativeMemory.bytesInUse() - before;
    // Leaking no more than the file's copy of each would be 19 MB.
    assertTrue(grown < 2_000_000, "grown by " + grown + " bytes");
  }

  private static byte[] input(HostInterpreter interpreter, int step, int modulus, int offset) {
    byte[] input = new byte[Math.toIntExact(interpreter.model().inputTensor().bytes())];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) ((i * step + 11) % modulus + offset);
    }
    return input;
  }

  private static Byte[] boxed(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boxed[i] = bytes[i];
    }
    return boxed;
  }

  private static byte[] mlperf(String name) throws Exception {
    return Files.readAllBytes(SharedData.data("mlperf_tiny/" + name));
  }
}
