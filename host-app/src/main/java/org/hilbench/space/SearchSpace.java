package org.hilbench.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.hilbench.graph.Precision;

/**
 * Draws networks from within {@link SpaceBounds}: at random, near one network, or between two.
 *
 * <p>All randomness comes from the generator that is passed in. Every network that comes out builds
 * and is within the bounds.
 */
public final class SearchSpace {
  /** Far more draws than any sensible space needs; only a space of almost nothing exceeds it. */
  private static final int DRAWS = 10_000;

  /** After so many cuts without a child of its own, crossover mutates instead. */
  private static final int CUTS = 20;

  private final SpaceBounds bounds;
  private final RandomArchitecture random;
  private final Mutation mutation;
  private final PrecisionChoice precisions;

  public SearchSpace(SpaceBounds bounds) {
    this.bounds = Objects.requireNonNull(bounds);
    this.random = new RandomArchitecture(bounds);
    this.mutation = new Mutation(bounds);
    this.precisions = new PrecisionChoice(bounds.precisions());
  }

  public SpaceBounds bounds() {
    return bounds;
  }

  /** The part of it that is all int8. */
  public SearchSpace inInt8() {
    return new SearchSpace(bounds.withPrecisions(List.of(Precision.W8A8)));
  }

  /** Any network of the space. */
  public Architecture random(RandomGenerator generator) {
    return draw(() -> random.draw(generator), hash -> false)
        .orElseThrow(() -> exhausted("no network was found within " + bounds.limits()));
  }

  /** A network one small step away from {@code parent}; its canonical hash differs. */
  public Architecture mutate(Architecture parent, RandomGenerator generator) {
    String hash = parent.canonicalHash();
    return draw(() -> mutation.step(parent, generator), hash::equals)
        .orElseThrow(() -> exhausted("no neighbour was found of " + parent.summary()));
  }

  /**
   * The same network with one step in the precision of its layers; its float weights stay right.
   *
   * @param lost the accuracy that it loses when one convolution alone drops to 4 bits, in the order
   *     of execution; empty where that is not known
   */
  public Architecture inOtherPrecision(
      Architecture parent, List<Double> lost, RandomGenerator generator) {
    if (!lost.isEmpty() && lost.size() != parent.convolutions()) {
      throw new IllegalArgumentException(
          lost.size() + " losses for the " + parent.convolutions() + " convolutions of " + parent);
    }
    String hash = parent.canonicalHash();
    return draw(() -> precisions.changed(parent, lost, generator), hash::equals)
        .orElseThrow(() -> exhausted("no other precision was found for " + parent.summary()));
  }

  /** One network, each layer in the precision that it has in one of two versions of it. */
  public Architecture crossedPrecision(
      Architecture one, Architecture other, RandomGenerator generator) {
    if (!one.inInt8().equals(other.inInt8())) {
      throw new IllegalArgumentException(one + " and " + other + " are different networks");
    }
    return PrecisionChoice.crossed(one, other, generator);
  }

  /**
   * A network whose front comes from one parent and whose back from the other; where no cut gives a
   * network that differs from both, a mutation of the first.
   */
  public Architecture crossover(
      Architecture mother, Architecture father, RandomGenerator generator) {
    List<String> parents = List.of(mother.canonicalHash(), father.canonicalHash());
    for (int cut = 0; cut < CUTS; cut++) {
      Architecture child = splice(mother, father, generator);
      if (!parents.contains(child.canonicalHash()) && bounds.admits(child)) {
        return child;
      }
    }
    return mutate(mother, generator);
  }

  private static Architecture splice(
      Architecture mother, Architecture father, RandomGenerator generator) {
    boolean swapped = generator.nextBoolean();
    Architecture front = swapped ? father : mother;
    Architecture back = swapped ? mother : father;
    List<Block> blocks =
        new ArrayList<>(front.blocks().subList(0, generator.nextInt(front.blocks().size() + 1)));
    int from = generator.nextInt(back.blocks().size() + 1);
    blocks.addAll(back.blocks().subList(from, back.blocks().size()));
    return new Architecture(front.stem(), blocks, back.head());
  }

  /**
   * The same network as users would have it without a search over precision: all in int8, and with
   * 4-bit weights where they are many; only what the space has.
   */
  public List<Architecture> inPlainPrecisions(Architecture network) {
    return precisions.plain(network);
  }

  private Optional<Architecture> draw(
      Supplier<Architecture> source, Predicate<String> refusedHash) {
    return Stream.generate(source)
        .limit(DRAWS)
        .filter(drawn -> bounds.admits(drawn) && !refusedHash.test(drawn.canonicalHash()))
        .findFirst();
  }

  private static IllegalStateException exhausted(String what) {
    return new IllegalStateException("space: " + what + "; widen its choices or limits");
  }
}
