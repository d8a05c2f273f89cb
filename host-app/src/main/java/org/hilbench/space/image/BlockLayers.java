package org.hilbench.space.image;

import org.hilbench.graph.Activation;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.GraphBuilder;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Window;

/** Appends the layers that blocks are made of: every convolution but the head has batch norm. */
final class BlockLayers {
  /** Label of the convolution that tells the classes apart. */
  static final String CLASSES = "classes";

  private static final boolean BATCH_NORM = true;

  private final GraphBuilder builder;

  BlockLayers(Shape input) {
    builder = new GraphBuilder(input, DataType.INT8);
  }

  int input() {
    return builder.input();
  }

  int channels(int tensor) {
    return builder.shape(tensor).channels();
  }

  /**
   * @param label of the node, see {@link org.hilbench.graph.Node#label}
   */
  int conv(String label, int tensor, int filters, int kernel, int stride, Activation activation) {
    Window window = Window.same(kernel, stride);
    return builder.add(
        label, new Op.Conv2d(filters, window, 1, activation, BATCH_NORM, DataType.INT8), tensor);
  }

  int depthwise(String label, int tensor, int kernel, int stride, Activation activation) {
    Window window = Window.same(kernel, stride);
    return builder.add(
        label, new Op.DepthwiseConv2d(1, window, activation, BATCH_NORM, DataType.INT8), tensor);
  }

  int add(String label, int left, int right) {
    return builder.add(label, new Op.Add(Activation.NONE), left, right);
  }

  /** Pool, classify, flatten, softmax; ends in a 1x1 convolution, which rounds alike everywhere. */
  Graph head(int tensor, int classes) {
    int pooled = builder.add("pool", new Op.GlobalAveragePool(), tensor);
    int scored =
        builder.add(
            CLASSES,
            new Op.Conv2d(
                classes, Window.same(1, 1), 1, Activation.NONE, !BATCH_NORM, DataType.INT8),
            pooled);
    int logits = builder.add("logits", new Op.Flatten(), scored);
    return builder.build(builder.add("scores", new Op.Softmax(), logits));
  }
}
