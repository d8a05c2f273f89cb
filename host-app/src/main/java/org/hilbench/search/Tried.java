package org.hilbench.search;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final Map<String, Size> byHash;

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

  private Tried(SearchSpace space, Map<String, Size> byHash) {
    this.space = space;
    this.byHash = byHash;
  }

  /** Reads histories that follow each other: of each, only what is new has a cost. */
  static final class Reader {
    private final SearchSpace space;
    private final Folded<Asked, Map<String, Size>> asked;

    Reader(SearchSpace space) {
      this.space = space;
      this.asked = new Folded<>(HashMap::new, (byHash, one) -> put(one, byHash));
    }

    /** The networks of this history; valid until the next is read. */
    Tried read(History history) {
      Map<String, Size> byHash = asked.of(history.asked());
      List<Asked> ahead = told(history, history.asked().size());
      if (!ahead.isEmpty()) {
        byHash = new HashMap<>(byHash);
        for (Asked one : ahead) {
          put(one, byHash);
        }
      }
      return new Tried(space, byHash);
    }

    /** Resumed in the order of arrival, a search was told of trials that it is yet to ask for. */
    private static List<Asked> told(History history, int from) {
      return history.told().stream().map(Told::asked).filter(one -> one.number() >= from).toList();
    }

    private void put(Asked asked, Map<String, Size> byHash) {
      Architecture network = asked.proposal().architecture();
      byHash.computeIfAbsent(network.canonicalHash(), hash -> Size.of(space.graph(network)));
    }
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
        .filter(proposal -> !byHash.containsKey(proposal.architecture().canonicalHash()));
  }

  private double distance(Architecture architecture) {
    Size size = Size.of(space.graph(architecture));
    return byHash.values().stream().mapToDouble(size::distance).min().orElse(0);
  }
}
