package org.hilbench.quantize;

import org.hilbench.graph.Op;

/**
 * Which output channel an element of a kernel belongs to: the first axis of OHWI, the last of 1HWC.
 */
record ChannelLayout(boolean channelsLast, int channels, int perChannel) {

  static ChannelLayout of(Op.Convolution op, int channels, int elements) {
    return new ChannelLayout(op.depthwise(), channels, elements / channels);
  }

  int channel(int element) {
    return channelsLast ? element % channels : element / perChannel;
  }

  /** Axis of the kernel's stored shape that the channels lie on. */
  int axis() {
    return channelsLast ? 3 : 0;
  }
}
