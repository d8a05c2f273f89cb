package org.hilbench.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.data.Encoding;
import org.hilbench.data.Examples;
import org.hilbench.graph.Quantization;
import org.hilbench.graph.Shape;
import org.hilbench.tflite.TensorType;
import org.hilbench.tflite.TfliteTensor;
import org.junit.jupiter.api.Test;

class InputCodesTest {

  @Test
  void aPixelIsItsByteLess128() throws Exception {
    byte[] pixels = new byte[256];
    byte[] expected = new byte[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = (byte) i;
      expected[i] = (byte) (i - 128);
    }
    Examples image = new Examples(new Shape(16, 16, 1), Encoding.PIXELS, pixels, new int[1]);
    assertArrayEquals(expected, codes(1f / 255, -128).example(0, image));
  }

  @Test
  void otherValuesAreRoundedToTheInputsStepsAndStayInItsRange() throws Exception {
    ByteBuffer stored = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : new int[] {0, 20, -9, 31, 30_000, -30_000}) {
      stored.putShort((short) value);
    }
    Encoding hundredths = new Encoding.Int16(0.01f);
    Examples window = new Examples(new Shape(6, 1, 1), hundredths, stored.array(), new int[1]);
    assertArrayEquals(new byte[] {5, 7, 4, 8, 127, -128}, codes(0.1f, 5).first(1, window).get(0));
  }

  private static InputCodes codes(float scale, int zeroPoint) throws BenchException {
    Quantization scheme = new Quantization.PerTensor(scale, zeroPoint);
    return InputCodes.of(
        new TfliteTensor(0, "input", List.of(1, 1, 1, 1), TensorType.INT8, scheme, false));
  }
}
