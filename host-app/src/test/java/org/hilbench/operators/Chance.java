package org.hilbench.operators;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.Padding;

/** Random choices, with the edges more often than their share. */
final class Chance {
  private static final byte[] ACTIVATIONS = {
    ActivationFunctionType.RELU, ActivationFunctionType.RELU6, ActivationFunctionType.RELU_N1_TO_1
  };

  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  int in(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean percent(int share) {
    return random.nextInt(100) < share;
  }

  int of(int... values) {
    return values[random.nextInt(values.length)];
  }

  /** From tiny to huge, mostly as networks have them. */
  float scale() {
    return switch (below(12)) {
      case 0 -> (float) Math.scalb(1.0, in(-12, 3));
      case 1 -> (float) Math.exp(random.nextDouble(-12, 6));
      default -> (float) Math.exp(random.nextDouble(-6, 0));
    };
  }

  int zeroPoint() {
    return percent(35) ? of(-128, 127, 0, -127, -1) : in(-128, 127);
  }

  byte activation() {
    return percent(50) ? ActivationFunctionType.NONE : ACTIVATIONS[below(ACTIVATIONS.length)];
  }

  byte padding() {
    return percent(50) ? Padding.SAME : Padding.VALID;
  }

  /** A side of a tensor: small, odd, and 1. */
  int side() {
    return percent(15) ? 1 : in(1, 9);
  }

  int channels() {
    return percent(20) ? of(1, 4, 8, 16) : in(1, 19);
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** int8 from -most to most. */
  byte[] weights(int count, int most) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) in(-most, most);
    }
    return bytes;
  }

  byte[] biases(int count, int width, int most) {
    ByteBuffer data = ByteBuffer.allocate(count * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int value = in(-most, most);
      if (width == Long.BYTES) {
        data.putLong(value);
      } else {
        data.putInt(value);
      }
    }
    return data.array();
  }

  /** An input: random, flat, or at the ends of its range. */
  byte[] input(int count) {
    byte[] input = bytes(count);
    int kind = below(5);
    for (int i = 0; i < count && kind < 2; i++) {
      input[i] = (byte) (kind == 0 ? of(-128, 127, 0) : in(-20, 20));
    }
    return input;
  }
}
