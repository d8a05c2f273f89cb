package org.hilbench.space;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Shape;

/**
 * A network as people describe it: a stem, blocks, and always the same head (global average pool, a
 * 1x1 convolution to the classes, softmax).
 *
 * <p>Its JSON form is its components by name. It says nothing of image size or classes, so the same
 * architecture can be built for several data sets.
 */
public record Architecture(Stem stem, List<Block> blocks) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Architecture {
    Objects.requireNonNull(stem, "architecture: stem is missing");
    Objects.requireNonNull(blocks, "architecture: blocks are missing");
    blocks = List.copyOf(blocks);
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
    for (Block block : blocks) {
      tensor = block.lay(layers, tensor);
    }
    return layers.head(tensor, classes);
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
    return rest.isEmpty() ? stem.summary() : stem.summary() + " | " + rest;
  }
}
