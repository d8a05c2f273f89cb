package org.hilbench.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hilbench.graph.ActivationRanges.Range;

/**
 * How the values that a data set stores stand for the real numbers that a network takes. Stored
 * values of several bytes are little-endian.
 */
public interface Encoding {
  /** Pixels of 8 bits: 0 to 255 stand for 0 to 1, without mean subtraction. */
  Encoding PIXELS = new Uint8(1f / 255f);

  /** Bytes of one stored value. */
  int bytes();

  /**
   * Decodes {@code count} values.
   *
   * @param first index of the first value in {@code stored}, counted in values
   * @param offset where in {@code target} the first real number goes
   */
  void decode(byte[] stored, int first, int count, float[] target, int offset);

  /**
   * The range that the integers of a quantized input span at the least: what the encoding can hold,
   * where that is what networks see, else [0, 0], which leaves the range to calibration.
   */
  Range leastRange();

  /** Unsigned bytes of which each step is {@code scale}. */
  record Uint8(float scale) implements Encoding {
    @Override
    public int bytes() {
      return 1;
    }

    @Override
    public void decode(byte[] stored, int first, int count, float[] target, int offset) {
      for (int i = 0; i < count; i++) {
        target[offset + i] = (stored[first + i] & 0xff) * scale;
      }
    }

    @Override
    public Range leastRange() {
      return new Range(0, 0xff * scale);
    }
  }

  /**
   * Signed integers of 16 bits, such as samples of a sensor, of which each step is {@code scale}.
   */
  record Int16(float scale) implements Encoding {
    @Override
    public int bytes() {
      return Short.BYTES;
    }

    @Override
    public void decode(byte[] stored, int first, int count, float[] target, int offset) {
      ByteBuffer in = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        target[offset + i] = in.getShort((first + i) * Short.BYTES) * scale;
      }
    }

    @Override
    public Range leastRange() {
      return new Range(0, 0);
    }
  }

  /** The real numbers themselves, such as features of sound. */
  record Float32() implements Encoding {
    @Override
    public int bytes() {
      return Float.BYTES;
    }

    @Override
    public void decode(byte[] stored, int first, int count, float[] target, int offset) {
      ByteBuffer in = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        target[offset + i] = in.getFloat((first + i) * Float.BYTES);
      }
    }

    @Override
    public Range leastRange() {
      return new Range(0, 0);
    }
  }
}
