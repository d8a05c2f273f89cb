package org.hilbench.space;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;

/**
 * The networks that a search may propose for its data: draws them at random, near one, or between
 * two.
 *
 * <p>All randomness comes from the generator that is passed in. Every network that comes out builds
 * and is admitted; {@link IllegalStateException} says where none was found. A network that is
 * passed in has to be of this space's kind ({@link IllegalArgumentException}).
 */
public interface SearchSpace {
  /** Why this network is not in the space; empty if it is. */
  Optional<String> refusal(Architecture architecture);

  default boolean admits(Architecture architecture) {
    return refusal(architecture).isEmpty();
  }

  /** The network for the data that the space was made for. */
  Graph graph(Architecture architecture);

  /** What each convolution may have: at least one. */
  List<Precision> precisions();

  /** The same networks, each convolution in any of these precisions. */
  SearchSpace withPrecisions(List<Precision> choices);

  /** The part of it that is all int8. */
  default SearchSpace inInt8() {
    return withPrecisions(List.of(Precision.W8A8));
  }

  /** What there is to decide for a network of this space, precisions among it. */
  Decisions decisions();

  /** The network as choices; {@link IllegalArgumentException} where one is no option here. */
  Choices choices(Architecture architecture);

  /**
   * The network that is described by these choices, which may be beyond the space's limits: see
   * {@link #refusal}. {@link #choices} gives them back.
   *
   * @throws IllegalArgumentException see {@link Decisions#require}
   */
  Architecture architecture(Choices choices);

  /** Any network of the space; unless overridden, every option is as likely as any other. */
  default Architecture random(RandomGenerator generator) {
    return Draw.first(
        () -> architecture(decisions().drawn(generator)),
        this::admits,
        "no network was found within its limits");
  }

  /**
   * A network one small step away from {@code parent}; its canonical hash differs. Unless
   * overridden, one decision is taken anew.
   */
  default Architecture mutate(Architecture parent, RandomGenerator generator) {
    Choices choices = choices(parent);
    String hash = parent.canonicalHash();
    return Draw.first(
        () -> architecture(decisions().changed(choices, generator)),
        drawn -> admits(drawn) && !drawn.canonicalHash().equals(hash),
        "no neighbour was found of " + parent.summary());
  }

  /**
   * A network that has something of both parents; where that gives none that differs from both, a
   * mutation of the first. Unless overridden, each decision is as in one of them.
   */
  default Architecture crossover(
      Architecture mother, Architecture father, RandomGenerator generator) {
    Choices one = choices(mother);
    Choices other = choices(father);
    List<String> parents = List.of(mother.canonicalHash(), father.canonicalHash());
    return Stream.generate(() -> architecture(decisions().crossed(one, other, generator)))
        .limit(Draw.CROSSINGS)
        .filter(child -> admits(child) && !parents.contains(child.canonicalHash()))
        .findFirst()
        .orElseGet(() -> mutate(mother, generator));
  }

  /**
   * The same network with one step in the precision of its layers; its float weights stay right.
   *
   * @param lost the accuracy that it loses when one convolution alone drops to 4 bits, in the order
   *     of execution; empty where that is not known
   */
  default Architecture inOtherPrecision(
      Architecture parent, List<Double> lost, RandomGenerator generator) {
    if (!lost.isEmpty() && lost.size() != parent.convolutions()) {
      throw new IllegalArgumentException(
          lost.size() + " losses for the " + parent.convolutions() + " convolutions of " + parent);
    }
    PrecisionChoice choice = new PrecisionChoice(precisions());
    String hash = parent.canonicalHash();
    return Draw.first(
        () -> parent.withPolicy(choice.changed(parent, lost, generator)),
        drawn -> admits(drawn) && !drawn.canonicalHash().equals(hash),
        "no other precision was found for " + parent.summary());
  }

  /** One network, each layer in the precision that it has in one of two versions of it. */
  default Architecture crossedPrecision(
      Architecture one, Architecture other, RandomGenerator generator) {
    if (!one.inInt8().equals(other.inInt8())) {
      throw new IllegalArgumentException(one + " and " + other + " are different networks");
    }
    return one.withPolicy(PrecisionChoice.crossed(one, other, generator));
  }

  /**
   * The same network as users would have it without a search over precision: all in int8, and with
   * 4-bit weights where they are many; only what the space has.
   */
  default List<Architecture> inPlainPrecisions(Architecture network) {
    List<QuantPolicy> plain = new PrecisionChoice(precisions()).plain(network);
    return plain.stream().map(network::withPolicy).toList();
  }
}
