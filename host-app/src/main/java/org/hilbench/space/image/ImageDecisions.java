package org.hilbench.space.image;

import static org.hilbench.space.Decision.categorical;
import static org.hilbench.space.Decision.ordinal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.hilbench.space.Choices;
import org.hilbench.space.Decision;
import org.hilbench.space.Decision.Condition;
import org.hilbench.space.Decisions;

/**
 * Image networks as {@link Decisions}: the stem's, how many blocks, then block by block. The
 * precision of a convolution is named after its node, {@code b2.u0.depthwise.precision}.
 */
final class ImageDecisions {
  private static final String STEM = "stem";
  private static final String BLOCKS = "blocks";
  private static final String KIND = ".kind";
  private static final String KERNEL = ".kernel";
  private static final String WIDTH = ".width";
  private static final String EXPANSION = ".expansion";
  private static final String STRIDE = ".stride";
  private static final String REPEATS = ".repeats";
  private static final String ACTIVATION = ".activation";
  private static final String PRECISION = ".precision";

  private final SpaceBounds bounds;
  private final Decisions all;

  ImageDecisions(SpaceBounds bounds) {
    this.bounds = bounds;
    List<Decision> sequence = new ArrayList<>(window(STEM));
    sequence.add(precision(STEM));
    sequence.add(ordinal(BLOCKS, counts()));
    for (int block = 0; block < bounds.mostBlocks(); block++) {
      int before = block;
      sequence.addAll(block("b" + block, when(BLOCKS, counts(), count -> count > before)));
    }
    sequence.add(precision(BlockLayers.CLASSES));
    this.all = new Decisions(sequence);
  }

  Decisions all() {
    return all;
  }

  private List<Integer> counts() {
    return IntStream.rangeClosed(bounds.fewestBlocks(), bounds.mostBlocks()).boxed().toList();
  }

  private static <T> Condition when(String decision, List<T> values, Predicate<T> which) {
    return new Condition(
        decision, values.stream().filter(which).map(Object::toString).collect(Collectors.toSet()));
  }

  /** What stem and blocks have in common. */
  private List<Decision> window(String place, Condition... active) {
    return List.of(
        ordinal(place + KERNEL, bounds.kernels(), active),
        ordinal(place + WIDTH, bounds.widths(), active),
        ordinal(place + STRIDE, bounds.strides(), active),
        categorical(place + ACTIVATION, bounds.activations(), active));
  }

  private Decision precision(String label, Condition... active) {
    return categorical(label + PRECISION, bounds.precisions(), active);
  }

  private List<Decision> block(String place, Condition there) {
    List<Decision> block = new ArrayList<>();
    block.add(categorical(place + KIND, bounds.kinds(), there));
    block.addAll(window(place, there));
    Condition expands = when(place + KIND, bounds.kinds(), BlockKind::expands);
    block.add(ordinal(place + EXPANSION, bounds.expansions(), expands));
    block.add(ordinal(place + REPEATS, bounds.repeats(), there));
    int most = bounds.repeats().get(bounds.repeats().size() - 1);
    for (int unit = 0; unit < most; unit++) {
      block.addAll(unit(place, unit));
    }
    return block;
  }

  private List<Decision> unit(String place, int unit) {
    List<String> names = bounds.kinds().stream().flatMap(this::convolutions).distinct().toList();
    Condition repeated = when(place + REPEATS, bounds.repeats(), repeats -> repeats > unit);
    List<Decision> precisions = new ArrayList<>();
    for (String name : names) {
      List<Condition> active = new ArrayList<>(List.of(repeated));
      active.addAll(whereThereIs(name, place));
      precisions.add(precision(place + ".u" + unit + "." + name, active.toArray(Condition[]::new)));
    }
    return precisions;
  }

  private Stream<String> convolutions(BlockKind kind) {
    return bounds.expansions().stream().flatMap(by -> kind.convolutions(by).stream());
  }

  /** The kinds of block that have this convolution, and where all of them expand, by how much. */
  private List<Condition> whereThereIs(String name, String place) {
    Predicate<BlockKind> has = kind -> convolutions(kind).anyMatch(name::equals);
    List<BlockKind> kinds = bounds.kinds().stream().filter(has).toList();
    Condition kind = when(place + KIND, bounds.kinds(), has);
    Predicate<Integer> enough =
        by -> kinds.stream().anyMatch(one -> one.convolutions(by).contains(name));
    return kinds.stream().allMatch(BlockKind::expands)
        ? List.of(kind, when(place + EXPANSION, bounds.expansions(), enough))
        : List.of(kind);
  }

  /** See {@link ImageSpace#choices}. */
  Choices choices(ImageNetwork network) {
    Choices choices = all.take(values(network));
    if (!network(choices).equals(network)) {
      throw new IllegalArgumentException("not of this space: " + network.summary());
    }
    return choices;
  }

  private static Map<String, Object> values(ImageNetwork network) {
    Map<String, Object> values = new HashMap<>();
    Stem stem = network.stem();
    putWindow(values, STEM, stem.kernel(), stem.width(), stem.stride(), stem.activation());
    values.put(BLOCKS, network.blocks().size());
    for (int i = 0; i < network.blocks().size(); i++) {
      Block block = network.blocks().get(i);
      String place = "b" + i;
      values.put(place + KIND, block.kind());
      values.put(place + EXPANSION, block.expansion());
      values.put(place + REPEATS, block.repeats());
      putWindow(values, place, block.kernel(), block.width(), block.stride(), block.activation());
    }
    List<String> labels = labels(network);
    for (int layer = 0; layer < labels.size(); layer++) {
      values.put(labels.get(layer) + PRECISION, network.policy().of(layer));
    }
    return values;
  }

  private static void putWindow(
      Map<String, Object> values,
      String place,
      int kernel,
      int width,
      int stride,
      Object activation) {
    values.put(place + KERNEL, kernel);
    values.put(place + WIDTH, width);
    values.put(place + STRIDE, stride);
    values.put(place + ACTIVATION, activation);
  }

  /** Of the convolutions, in the order of execution. */
  private static List<String> labels(ImageNetwork network) {
    return network.toGraph(new Shape(1, 1, 1), 1).nodes().stream()
        .filter(node -> node.op() instanceof Op.Convolution)
        .map(Node::label)
        .toList();
  }

  /** See {@link ImageSpace#architecture}. */
  ImageNetwork network(Choices choices) {
    all.require(choices);
    Stem stem =
        new Stem(
            choices.among(bounds.kernels(), STEM + KERNEL),
            choices.among(bounds.widths(), STEM + WIDTH),
            choices.among(bounds.strides(), STEM + STRIDE),
            choices.among(bounds.activations(), STEM + ACTIVATION));
    List<Block> blocks =
        IntStream.range(0, choices.among(counts(), BLOCKS))
            .mapToObj(block -> block("b" + block, choices))
            .toList();
    ImageNetwork int8 = new ImageNetwork(stem, blocks);
    List<Precision> precisions =
        labels(int8).stream()
            .map(label -> choices.among(bounds.precisions(), label + PRECISION))
            .toList();
    return int8.withPolicy(new QuantPolicy(precisions));
  }

  private Block block(String place, Choices choices) {
    BlockKind kind = choices.among(bounds.kinds(), place + KIND);
    return new Block(
        kind,
        choices.among(bounds.kernels(), place + KERNEL),
        choices.among(bounds.widths(), place + WIDTH),
        kind.expands() ? choices.among(bounds.expansions(), place + EXPANSION) : 1,
        choices.among(bounds.strides(), place + STRIDE),
        choices.among(bounds.repeats(), place + REPEATS),
        choices.among(bounds.activations(), place + ACTIVATION));
  }
}
