package org.hilbench.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Examples parted by a seeded draw: a twelfth becomes the validation part. */
public record SeededSplit(Examples train, Examples validation) {
  private static final int VALIDATION_SHARE = 12;

  /** Of data whose authors name no validation part. */
  public static SeededSplit of(Examples all, long seed) {
    int[] order = shuffled(all.size(), seed);
    int kept = all.size() - all.size() / VALIDATION_SHARE;
    return new SeededSplit(
        all.select(Arrays.copyOfRange(order, 0, kept)),
        all.select(Arrays.copyOfRange(order, kept, order.length)));
  }

  private static int[] shuffled(int count, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
