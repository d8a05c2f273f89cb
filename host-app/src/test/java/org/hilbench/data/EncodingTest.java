package org.hilbench.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.Shape;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static final Shape PAIR = new Shape(1, 2, 1);

  @Test
  void aPixelIsIts255thPart() {
    byte[] stored = new byte[256];
    float[] values = new float[256];
    for (int i = 0; i < 256; i++) {
      stored[i] = (byte) i;
    }
    Encoding.PIXELS.decode(stored, 0, 256, values, 0);
    for (int i = 0; i < 256; i++) {
      assertEquals(i / 255f, values[i], 6e-8f);
    }
    assertEquals(new Range(0, 1), Encoding.PIXELS.leastRange());
  }

  @Test
  void integersOf16BitsAreSteps() {
    byte[] stored = buffer(8).putShort((short) 7).putShort((short) -32768).array();
    assertArrayEquals(new float[] {3.5f, -16384}, second(new Encoding.Int16(0.5f), stored));
  }

  @Test
  void floatsAreThemselves() {
    byte[] stored = buffer(16).putFloat(-0.25f).putFloat(1e9f).array();
    assertArrayEquals(new float[] {-0.25f, 1e9f}, second(new Encoding.Float32(), stored));
  }

  /** A buffer whose first half is another example. */
  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).position(bytes / 2);
  }

  private static float[] second(Encoding encoding, byte[] stored) {
    Examples examples = new Examples(PAIR, encoding, stored, new int[] {0, 1});
    float[] values = new float[2];
    examples.select(1).copyTo(0, values, 0);
    assertEquals(1, examples.select(1).label(0));
    return values;
  }

  @Test
  void bytesThatAreNotTheExamplesAreRefused() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Examples(PAIR, new Encoding.Float32(), new byte[15], new int[2]));
    assertEquals("2 examples of 1x2x1 take 16 bytes, not 15", refusal.getMessage());
  }
}
