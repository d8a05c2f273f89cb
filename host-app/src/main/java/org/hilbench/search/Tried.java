package org.hilbench.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.space.Architecture;
import org.hilbench.space.SearchSpace;

/**
 * The networks that a search has proposed already: none is to come again, and the less a new one's
 * size is like theirs, the more its trial can tell.
 */
final class Tried {
  /** After so many draws without a new network, there seems to be none left. */
  private static final int DRAWS = 1_000;

  private final SearchSpace space;
  private final Set<String> hashes;
  private final List<Size> sizes;

  /** What is known of a network's cost before it is trained, on a scale of factors. */
  private record Size(double logMacs, double logParams, double logWidth) {
    static Size of(Graph graph) {
      return new Size(
          Math.log((double) graph.macs()), Math.log((double) graph.params()), logWidth(graph));
    }

    /** Of the mean width of a weight in bytes: 0 where all are int8. */
    private static double logWidth(Graph graph) {
      double weights = 0;
      double bytes = 0;
      for (Node node : graph.nodes()) {
        if (node.op() instanceof Op.Convolution op) {
          long count = op.weights(graph.inputShapes(node));
          weights += count;
          bytes += op.weightType().bytes(count);
        }
      }
      return Math.log(bytes / weights);
    }

    double distance(Size other) {
      return Math.hypot(
          Math.hypot(logMacs - other.logMacs, logParams - other.logParams),
          logWidth - other.logWidth);
    }
  }

  Tried(History history, SearchSpace space) {
    List<Architecture> networks =
        Stream.concat(history.asked().stream(), history.told().stream().map(Told::asked))
            .map(Asked::proposal)
            .map(Proposal::architecture)
            .distinct()
            .toList();
    this.space = space;
    this.hashes =
        networks.stream().map(Architecture::canonicalHash).collect(Collectors.toUnmodifiableSet());
    this.sizes = networks.stream().map(network -> Size.of(space.graph(network))).toList();
  }

  /** The first new network of a source; empty if there seems to be none left. */
  Optional<Proposal> firstNew(Supplier<Proposal> source) {
    return news(source).findFirst();
  }

  /**
   * Of the first {@code count} new networks, the one least alike in size to all that were tried.
   */
  Optional<Proposal> leastAlike(int count, Supplier<Proposal> source) {
    return news(source)
        .limit(count)
        .max(Comparator.comparingDouble(proposal -> distance(proposal.architecture())));
  }

  private Stream<Proposal> news(Supplier<Proposal> source) {
    return Stream.generate(source)
        .limit(DRAWS)
        .filter(proposal -> !hashes.contains(proposal.architecture().canonicalHash()));
  }

  private double distance(Architecture architecture) {
    Size size = Size.of(space.graph(architecture));
    return sizes.stream().mapToDouble(size::distance).min().orElse(0);
  }
}
