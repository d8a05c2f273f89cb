package org.hilbench.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.TfliteWriter;
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
  void aBatchOfImagesGivesEachImageItsOwnResult() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    QuantizedModel model = RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random);
    byte[] file = TfliteWriter.write(model);
    byte[] first = RandomNetworks.input(model.graph(), random);
    byte[] second = RandomNetworks.input(model.graph(), random);
    try (HostInterpreter single = HostInterpreter.open(file, Kernels.REFERENCE);
        HostInterpreter twofold = HostInterpreter.open(file, Kernels.REFERENCE)) {
      byte[] expected = concatenated(single.invoke(first), single.invoke(second));
      twofold.resizeBatch(2);
      assertArrayEquals(expected, twofold.invoke(concatenated(first, second)));
    }
  }

  private static byte[] concatenated(byte[] front, byte[] back) {
    byte[] whole = Arrays.copyOf(front, front.length + back.length);
    System.arraycopy(back, 0, whole, front.length, back.length);
    return whole;
  }

  @Test
  void aShapeInTheFileThatIsNotTheInferredOneIsRefused() throws Exception {
    byte[] file = mlperf(MODELS.get(0));
    HostInterpreter.open(file, Kernels.REFERENCE).close();
    TfliteModel model = TfliteModel.parse(file);
    List<Integer> shape = model.tensors().get(model.operators().get(0).outputs().get(0)).shape();
    byte[] other = withShape(file, shape, List.of(1, 25, 6, 64));
    BenchException refusal =
        assertThrows(BenchException.class, () -> HostInterpreter.open(other, Kernels.REFERENCE));
    assertTrue(String.valueOf(refusal.getMessage()).contains("[1, 25, 6, 64]"));
  }

  /** The file with every shape vector of this content changed. */
  private static byte[] withShape(byte[] file, List<Integer> old, List<Integer> changed) {
    ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 20 <= file.length; at += 4) {
      boolean found = bytes.getInt(at) == old.size();
      for (int i = 0; i < old.size(); i++) {
        found &= bytes.getInt(at + 4 + 4 * i) == old.get(i);
      }
      for (int i = 0; found && i < changed.size(); i++) {
        bytes.putInt(at + 4 + 4 * i, changed.get(i));
      }
    }
    return bytes.array();
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
    // A leak shows in each batch; what the JVM itself takes now and then does not.
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < 3; batch++) {
      long before = NativeMemory.bytesInUse();
      for (int round = 0; round < 300; round++) {
        HostInterpreter.open(file, Kernels.OPTIMIZED).close();
      }
      least = Math.min(least, NativeMemory.bytesInUse() - before);
    }
    // Leaking no more than the file's copy of each would be 28 MB.
    assertTrue(least < 10_000_000, "grown by " + least + " bytes at least");
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
