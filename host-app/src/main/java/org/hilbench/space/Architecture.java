package org.hilbench.space;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;

/**
 * A network as people describe it: a stem, blocks, and always the same head (global average pool, a
 * 1x1 convolution to the classes, softmax).
 *
 * <p>Each convolution has its {@link Precision}: those of the stem and the blocks stand with them,
 * the head's beside them. Its JSON form is its components by name, int8 left out. It says nothing
 * of image size or classes, so the same architecture can be built for several data sets.
 */
public record Architecture(
    Stem stem, List<Block> blocks, @JsonInclude(JsonInclude.Include.NON_EMPTY) QuantPolicy head) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Architecture {
    Objects.requireNonNull(stem, "architecture: stem is missing");
    Objects.requireNonNull(blocks, "architecture: blocks are missing");
    blocks = List.copyOf(blocks);
    head = Objects.requireNonNullElse(head, QuantPolicy.INT8);
  }

  /** With a head in int8. */
  public Architecture(Stem stem, List<Block> blocks) {
    this(stem, blocks, QuantPolicy.INT8);
  }

  /** Reads the JSON form; {@link IllegalArgumentException} says what is wrong with it. */
  public static Architecture parse(String json) {
    try {
      return JSON.readValue(json, Architecture.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an architecture: " + e.getOriginalMessage(), e);
    }
  }

  /** The JSON form on one line; {@link #parse} reads it back. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + this, e);
    }
  }

  /** The network for images of this shape. */
  public Graph toGraph(Shape input, int classes) {
    Layers layers = new Layers(input);
    int tensor = stem.lay(layers, layers.input());
    for (int i = 0; i < blocks.size(); i++) {
      tensor = blocks.get(i).lay(layers, "b" + i, tensor);
    }
    return policy().applied(layers.head(tensor, classes));
  }

  /** The precision of every convolution, in the order of execution. */
  public QuantPolicy policy() {
    List<Precision> all = new ArrayList<>(stem.quant().first(1));
    blocks.forEach(block -> all.addAll(block.quant().first(block.convolutions())));
    all.addAll(head.first(1));
    return new QuantPolicy(all);
  }

  /** Convolutions of the stem, the blocks and the head. */
  public int convolutions() {
    return 2 + blocks.stream().mapToInt(Block::convolutions).sum();
  }

  /** The same network under another policy for all its convolutions. */
  public Architecture withPolicy(QuantPolicy policy) {
    List<Precision> all = policy.first(convolutions());
    List<Block> changed = new ArrayList<>();
    int next = 1;
    for (Block block : blocks) {
      int end = next + block.convolutions();
      changed.add(block.withQuant(new QuantPolicy(all.subList(next, end))));
      next = end;
    }
    return new Architecture(
        stem.withQuant(new QuantPolicy(all.subList(0, 1))),
        changed,
        new QuantPolicy(all.subList(next, next + 1)));
  }

  /** The same network in int8: what its float weights depend on. */
  public Architecture inInt8() {
    return withPolicy(QuantPolicy.INT8);
  }

  /**
   * SHA-256, in hex, of the network that this describes: two descriptions of one network have one
   * hash, whatever the image and the classes.
   */
  public String canonicalHash() {
    return GraphHash.of(toGraph(new Shape(1, 1, 1), 1));
  }

  /** One line for tables, such as {@code stem3 w16 s2 | separable3 w32 s2 x2}. */
  public String summary() {
    String rest = blocks.stream().map(Block::summary).collect(Collectors.joining(" | "));
    String last = head.layers().isEmpty() ? "" : " | head " + head.summary();
    return (rest.isEmpty() ? stem.summary() : stem.summary() + " | " + rest) + last;
  }
}
