package org.hilbench.space.image;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hilbench.graph.Activation;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.Shape;

/**
 * What a space contains, as data: the choices for each part of a network, and the limits that keep
 * a fixed training budget short.
 *
 * <p>{@code smallestSide} is the least height and width of the feature map in front of the global
 * pool; {@code precisions} are the choices for each convolution.
 */
public record SpaceBounds(
    Shape input,
    int classes,
    List<BlockKind> kinds,
    List<Integer> kernels,
    List<Integer> widths,
    List<Integer> expansions,
    List<Integer> strides,
    List<Integer> repeats,
    List<Activation> activations,
    int fewestBlocks,
    int mostBlocks,
    int smallestSide,
    Limits limits,
    List<Precision> precisions) {

  /**
   * Upper limits of one network: multiply-accumulates, parameters, and elements of all activation
   * tensors together (what batch norm and a training step's memory traffic grow with).
   */
  public record Limits(long macs, long params, long activations) {
    public Limits {
      if (macs < 1 || params < 1 || activations < 1) {
        throw new IllegalArgumentException(
            "limits: macs "
                + macs
                + ", params "
                + params
                + ", activations "
                + activations
                + " must all be at least 1");
      }
    }
  }

  public SpaceBounds {
    Objects.requireNonNull(input);
    Objects.requireNonNull(limits);
    kinds = choices("kinds", kinds);
    kernels = choices("kernels", kernels);
    widths = choices("widths", widths);
    expansions = choices("expansions", expansions);
    strides = choices("strides", strides);
    repeats = choices("repeats", repeats);
    activations = choices("activations", activations);
    precisions = choices("precisions", precisions);
    kernels.forEach(kernel -> Block.requireOdd("space: kernel", kernel));
    require(classes >= 2, "classes " + classes + " is below 2");
    require(smallestSide >= 1, "smallestSide " + smallestSide + " is below 1");
    require(
        0 <= fewestBlocks && fewestBlocks <= mostBlocks && mostBlocks >= 1,
        "fewestBlocks " + fewestBlocks + " and mostBlocks " + mostBlocks + " leave no choice");
  }

  /** Small image networks that train within seconds: at most 3 M multiply-accumulates. */
  public static SpaceBounds smallImages(Shape input, int classes) {
    return new SpaceBounds(
        input,
        classes,
        List.of(BlockKind.values()),
        List.of(3, 5),
        List.of(8, 12, 16, 24, 32, 48, 64),
        List.of(1, 2, 3, 4, 6),
        List.of(1, 2),
        List.of(1, 2, 3),
        List.of(Activation.RELU, Activation.RELU6),
        1,
        5,
        3,
        new Limits(3_000_000, 100_000, 100_000),
        List.of(Precision.W8A8));
  }

  /** The same networks, each convolution in any of these precisions. */
  public SpaceBounds withPrecisions(List<Precision> choices) {
    return new SpaceBounds(
        input,
        classes,
        kinds,
        kernels,
        widths,
        expansions,
        strides,
        repeats,
        activations,
        fewestBlocks,
        mostBlocks,
        smallestSide,
        limits,
        choices);
  }

  private static <T extends Comparable<T>> List<T> choices(String what, List<T> values) {
    List<T> sorted = values.stream().distinct().sorted().toList();
    require(!sorted.isEmpty(), what + " is empty");
    if (sorted.get(0) instanceof Integer least) {
      require(least >= 1, what + " holds " + least + ", which is below 1");
    }
    return sorted;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("space: " + otherwise);
    }
  }

  /** Why this architecture is not in the space; empty if it is. */
  public Optional<String> refusal(ImageNetwork architecture) {
    int blocks = architecture.blocks().size();
    if (blocks < fewestBlocks || blocks > mostBlocks) {
      return Optional.of(blocks + " blocks; the space has " + fewestBlocks + " to " + mostBlocks);
    }
    Optional<String> choice = unknownChoice(architecture);
    return choice.isPresent() ? choice : tooLarge(architecture.toGraph(input, classes));
  }

  public boolean admits(ImageNetwork architecture) {
    return refusal(architecture).isEmpty();
  }

  private Optional<String> unknownChoice(ImageNetwork architecture) {
    return unknownChoice(architecture.stem())
        .or(
            () ->
                architecture.blocks().stream()
                    .flatMap(block -> unknownChoice(block).stream())
                    .findFirst())
        .or(
            () ->
                architecture.policy().first(architecture.convolutions()).stream()
                    .flatMap(choice -> outside("precision", choice, precisions).stream())
                    .findFirst());
  }

  private Optional<String> unknownChoice(Stem stem) {
    return outside("kernel", stem.kernel(), kernels)
        .or(() -> outside("width", stem.width(), widths))
        .or(() -> outside("stride", stem.stride(), strides))
        .or(() -> outside("activation", stem.activation(), activations));
  }

  private Optional<String> unknownChoice(Block block) {
    List<Integer> allowed = block.kind().expands() ? expansions : List.of(1);
    return outside("kind", block.kind(), kinds)
        .or(() -> outside("kernel", block.kernel(), kernels))
        .or(() -> outside("width", block.width(), widths))
        .or(() -> outside("expansion", block.expansion(), allowed))
        .or(() -> outside("stride", block.stride(), strides))
        .or(() -> outside("repeats", block.repeats(), repeats))
        .or(() -> outside("activation", block.activation(), activations));
  }

  private static <T> Optional<String> outside(String what, T value, List<T> allowed) {
    return allowed.contains(value)
        ? Optional.empty()
        : Optional.of(what + " " + value + " is not one of " + allowed);
  }

  private Optional<String> tooLarge(Graph graph) {
    Shape last = graph.inputShapes(graph.nodes().get(poolOf(graph))).get(0);
    long activations =
        graph.tensors().stream().mapToLong(tensor -> tensor.shape().elements()).sum();
    if (Math.min(last.height(), last.width()) < smallestSide) {
      return Optional.of("the last feature map " + last + " is smaller than " + smallestSide);
    }
    return above("MACs", graph.macs(), limits.macs())
        .or(() -> above("parameters", graph.params(), limits.params()))
        .or(() -> above("activation elements", activations, limits.activations()));
  }

  /** The head is pool, convolution, flatten and softmax. */
  private static int poolOf(Graph graph) {
    return graph.nodes().size() - 4;
  }

  private static Optional<String> above(String what, long value, long limit) {
    return value <= limit
        ? Optional.empty()
        : Optional.of(value + " " + what + " are more than " + limit);
  }
}
