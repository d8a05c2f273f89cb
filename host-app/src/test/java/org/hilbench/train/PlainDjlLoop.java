package org.hilbench.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.nio.LongBuffer;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;

/**
 * The training loop that DJL's documentation shows, with its blocks, loss and Adam: what ours is
 * measured against. For graphs without skips.
 */
final class PlainDjlLoop implements AutoCloseable {
  private final Model model = Model.newInstance("plain", Device.cpu());
  private final Trainer trainer;

  PlainDjlLoop(Graph graph, int batch) {
    model.setBlock(blocks(graph));
    TrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optDevices(new Device[] {Device.cpu()})
            .optOptimizer(Optimizer.adam().build());
    trainer = model.newTrainer(config);
    org.hilbench.graph.Shape input = graph.inputTensor().shape();
    trainer.initialize(new Shape(batch, input.channels(), input.height(), input.width()));
  }

  private static Block blocks(Graph graph) {
    SequentialBlock blocks = new SequentialBlock();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution op) {
        addConvolution(blocks, graph, node, op);
      } else if (node.op() instanceof Op.GlobalAveragePool) {
        blocks.add(Pool.globalAvgPool2dBlock());
        blocks.add(
            new LambdaBlock(x -> new NDList(x.singletonOrThrow().expandDims(2).expandDims(3))));
      }
    }
    return blocks.add(new LambdaBlock(x -> new NDList(x.singletonOrThrow().flatten(1, 3))));
  }

  private static void addConvolution(
      SequentialBlock blocks, Graph graph, Node node, Op.Convolution op) {
    int kernel = op.window().kernelHeight();
    int stride = op.window().strideHeight();
    int groups = op instanceof Op.DepthwiseConv2d ? graph.inputShapes(node).get(0).channels() : 1;
    blocks.add(
        Conv2d.builder()
            .setFilters(graph.tensors().get(node.output()).shape().channels())
            .setKernelShape(new Shape(kernel, kernel))
            .optStride(new Shape(stride, stride))
            .optPadding(new Shape(kernel / 2, kernel / 2))
            .optGroups(groups)
            .optBias(!op.batchNorm())
            .build());
    if (op.batchNorm()) {
      blocks.add(BatchNorm.builder().build());
    }
    switch (op.activation()) {
      case NONE -> {}
      case RELU -> blocks.add(Activation::relu);
      case RELU6 -> blocks.add(x -> new NDList(x.singletonOrThrow().clip(0, 6)));
    }
  }

  /** One step on a batch of one-channel images; returns its loss. */
  float step(float[] pixels, long[] labels) {
    int side = (int) Math.sqrt((double) pixels.length / labels.length);
    try (NDManager scratch = trainer.getManager().newSubManager()) {
      NDArray images = scratch.create(pixels, new Shape(labels.length, 1, side, side));
      NDArray classes =
          scratch.create(LongBuffer.wrap(labels), new Shape(labels.length, 1), DataType.INT64);
      NDArray loss;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList scores = trainer.forward(new NDList(images));
        loss = trainer.getLoss().evaluate(new NDList(classes), scores);
        collector.backward(loss);
      }
      trainer.step();
      return loss.toFloatArray()[0];
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
