package org.hilbench.search;

import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A generator of its own for every trial, so that what one trial draws cannot change another.
 *
 * <p>{@link Random} is the one generator whose numbers the Java specification fixes for all
 * releases; the seed is mixed as in SplitMix64 (Steele et al. 2014) because close seeds give close
 * first numbers.
 */
final class Seeds {
  private Seeds() {}

  static RandomGenerator generator(long seed, int trial) {
    return new Random(mix(mix(seed) + 0x9E3779B97F4A7C15L * (trial + 1L)));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
