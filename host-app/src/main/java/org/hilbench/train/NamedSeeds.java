package org.hilbench.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.hilbench.Sha256;

/** Child seeds and generators that depend on nothing but the words they are made of. */
final class NamedSeeds {
  private NamedSeeds() {}

  static long of(String... words) {
    MessageDigest digest = Sha256.digest();
    for (String word : words) {
      digest.update((word + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
