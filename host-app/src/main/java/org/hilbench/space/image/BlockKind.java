package org.hilbench.space.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.hilbench.graph.Activation;

/** The kinds of block that a network is stacked from; each lays one unit of itself. */
public enum BlockKind {
  /** One convolution. */
  @JsonProperty("conv")
  CONV(false) {
    @Override
    int layUnit(BlockLayers layers, String label, int tensor, Block block, int stride) {
      return layers.conv(
          label + ".conv", tensor, block.width(), block.kernel(), stride, block.activation());
    }
  },

  /** A depthwise and a pointwise convolution (MobileNet, Howard et al. 2017). */
  @JsonProperty("separable")
  SEPARABLE(false) {
    @Override
    int layUnit(BlockLayers layers, String label, int tensor, Block block, int stride) {
      int filtered =
          layers.depthwise(
              label + ".depthwise", tensor, block.kernel(), stride, block.activation());
      return layers.conv(label + ".pointwise", filtered, block.width(), 1, 1, block.activation());
    }
  },

  /**
   * Expansion, depthwise and a linear projection, with a skip where input and output are alike
   * (MobileNetV2, Sandler et al. 2018). Expansion 1 leaves the first convolution out.
   */
  @JsonProperty("inverted")
  INVERTED(true) {
    @Override
    int layUnit(BlockLayers layers, String label, int tensor, Block block, int stride) {
      int channels = layers.channels(tensor);
      int wide =
          block.expansion() == 1
              ? tensor
              : layers.conv(
                  label + ".expand",
                  tensor,
                  channels * block.expansion(),
                  1,
                  1,
                  block.activation());
      int filtered =
          layers.depthwise(label + ".depthwise", wide, block.kernel(), stride, block.activation());
      int narrow = layers.conv(label + ".project", filtered, block.width(), 1, 1, Activation.NONE);
      boolean alike = stride == 1 && channels == block.width();
      return alike ? layers.add(label + ".add", tensor, narrow) : narrow;
    }
  };

  private final boolean expands;

  BlockKind(boolean expands) {
    this.expands = expands;
  }

  /** Whether {@link Block#expansion} means something to this kind. */
  public boolean expands() {
    return expands;
  }

  /** The convolutions of one unit in their order, by the last part of their labels. */
  List<String> convolutions(int expansion) {
    return switch (this) {
      case CONV -> List.of("conv");
      case SEPARABLE -> List.of("depthwise", "pointwise");
      case INVERTED ->
          expansion == 1
              ? List.of("depthwise", "project")
              : List.of("expand", "depthwise", "project");
    };
  }

  /** Appends one unit behind {@code tensor}, its nodes labelled below {@code label}. */
  abstract int layUnit(BlockLayers layers, String label, int tensor, Block block, int stride);
}
