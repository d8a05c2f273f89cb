package org.hilbench.space.image;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.hilbench.space.Architecture;

/**
 * A network for images: a stem, blocks, and always the same head (global average pool, a 1x1
 * convolution to the classes, softmax).
 *
 * <p>Each convolution has its {@link Precision}: those of the stem and the blocks stand with them,
 * the head's beside them. Its JSON form leaves out int8, and the name of its space.
 */
public record ImageNetwork(
    Stem stem, List<Block> blocks, @JsonInclude(JsonInclude.Include.NON_EMPTY) QuantPolicy head)
    implements Architecture {
  public ImageNetwork {
    Objects.requireNonNull(stem, "architecture: stem is missing");
    Objects.requireNonNull(blocks, "architecture: blocks are missing");
    blocks = List.copyOf(blocks);
    head = Objects.requireNonNullElse(head, QuantPolicy.INT8);
  }

  /** With a head in int8. */
  public ImageNetwork(Stem stem, List<Block> blocks) {
    this(stem, blocks, QuantPolicy.INT8);
  }

  @Override
  @JsonIgnore // stored networks, which are of this space, name none
  public String space() {
    return ImageSpace.NAME;
  }

  @Override
  public Graph toGraph(Shape input, int classes) {
    BlockLayers layers = new BlockLayers(input);
    int tensor = stem.lay(layers, layers.input());
    for (int i = 0; i < blocks.size(); i++) {
      tensor = blocks.get(i).lay(layers, "b" + i, tensor);
    }
    return policy().applied(layers.head(tensor, classes));
  }

  @Override
  public QuantPolicy policy() {
    List<Precision> all = new ArrayList<>(stem.quant().first(1));
    blocks.forEach(block -> all.addAll(block.quant().first(block.convolutions())));
    all.addAll(head.first(1));
    return new QuantPolicy(all);
  }

  @Override
  public int convolutions() {
    return 2 + blocks.stream().mapToInt(Block::convolutions).sum();
  }

  @Override
  public ImageNetwork withPolicy(QuantPolicy policy) {
    List<Precision> all = policy.first(convolutions());
    List<Block> changed = new ArrayList<>();
    int next = 1;
    for (Block block : blocks) {
      int end = next + block.convolutions();
      changed.add(block.withQuant(new QuantPolicy(all.subList(next, end))));
      next = end;
    }
    return new ImageNetwork(
        stem.withQuant(new QuantPolicy(all.subList(0, 1))),
        changed,
        new QuantPolicy(all.subList(next, next + 1)));
  }

  @Override
  public ImageNetwork inInt8() {
    return withPolicy(QuantPolicy.INT8);
  }

  /** Such as {@code stem3 w16 s2 | separable3 w32 s2 x2}. */
  @Override
  public String summary() {
    String rest = blocks.stream().map(Block::summary).collect(Collectors.joining(" | "));
    String last = head.layers().isEmpty() ? "" : " | head " + head.summary();
    return (rest.isEmpty() ? stem.summary() : stem.summary() + " | " + rest) + last;
  }
}
