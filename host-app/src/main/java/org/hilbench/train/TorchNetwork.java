package org.hilbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization.PerTensor;
import org.hilbench.graph.Tensor;
import org.hilbench.graph.Weights;
import org.hilbench.quantize.FakeQuantization;

/**
 * The weights of a graph as torch tensors, and the scripts that run it. Kernels are held as in
 * {@link Weights}; the scripts permute them, which makes them channels-last. One thread only.
 */
final class TorchNetwork implements AutoCloseable {
  private final Graph graph;
  private final ParameterLayout layout;
  private final TrainingScripts scripts;
  private final PtNDManager manager;
  private final NDList weights = new NDList();
  private NDList schemes = new NDList();

  /**
   * @param quantized whether the scripts round as the integers will; {@link #round} comes first
   */
  TorchNetwork(Graph graph, Weights start, boolean quantized) {
    this.graph = graph;
    layout = ParameterLayout.of(graph);
    scripts = new TrainingScripts(graph, layout, quantized);
    manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
    JniUtils.setGraphExecutorOptimize(false); // its own gradients are slower than autograd's
    addWeights("kernels[]", layout.kernels(), start);
    addWeights("vectors[]", layout.vectors(), start);
    addWeights("statistics[]", layout.statistics(), start);
  }

  private void addWeights(String list, List<String> names, Weights start) {
    for (String name : names) {
      NDArray array = manager.create(start.get(name), shape(name, start.get(name).length));
      array.setName(list);
      weights.add(array);
    }
  }

  private Shape shape(String name, int length) {
    if (!name.endsWith(".kernel")) {
      return new Shape(length);
    }
    List<Integer> shape = convolution(name).kernelShape(graph.inputShapes(node(name)).get(0));
    return new Shape(shape.stream().mapToLong(Integer::longValue).toArray());
  }

  private Node node(String name) {
    return graph.node(name.substring(0, name.lastIndexOf('.')));
  }

  private Op.Convolution convolution(String name) {
    return (Op.Convolution) node(name).op();
  }

  /** A program that trains these weights in place. */
  Steps steps(TrainingRecipe recipe) {
    return new Steps(stepScript(recipe, false), new NDList());
  }

  /** The same with batch norm's statistics as they are, and the moments of {@code before}. */
  Steps frozen(TrainingRecipe recipe, Steps before) {
    return new Steps(stepScript(recipe, true), before.moments);
  }

  private PtSymbolBlock stepScript(TrainingRecipe recipe, boolean frozen) {
    return load(scripts.steps(recipe.weightDecay(), recipe.labelSmoothing(), frozen));
  }

  /** Rounds from now on with these activation ranges and the scales of the present weights. */
  void round(ActivationRanges ranges) throws BenchException {
    schemes.close();
    schemes = new NDList();
    for (int i = 0; i < layout.kernels().size(); i++) {
      addWeightScales(layout.kernels().get(i), weights.get(i).toFloatArray());
    }
    Map<Integer, PerTensor> int8 = FakeQuantization.int8(graph, ranges);
    int8.values().forEach(scheme -> addScheme("scales[]", manager.create(scheme.scale())));
    int8.values().forEach(scheme -> addScheme("zeroPoints[]", manager.create(scheme.zeroPoint())));
  }

  private void addWeightScales(String name, float[] kernel) {
    Op.Convolution op = convolution(name);
    int channels = Math.toIntExact(op.biases(graph.inputShapes(node(name))));
    Shape shape = op.depthwise() ? new Shape(1, 1, 1, channels) : new Shape(channels, 1, 1, 1);
    float[] scales = FakeQuantization.weightScales(op, kernel, channels);
    addScheme("weightScales[]", manager.create(scales, shape));
  }

  private void addScheme(String list, NDArray array) {
    array.setName(list);
    schemes.add(array);
  }

  /** A program that scores batches of inputs [batch, H, W, C] with the weights of the moment. */
  Pass scores() {
    return new Pass(load(scripts.scores()));
  }

  /** A program that gives least and greatest value of every tensor, [tensors, 2]. */
  Pass ranges() {
    return new Pass(load(scripts.ranges()));
  }

  /** A program that gives histograms over these ranges, and means of channels, of every tensor. */
  Pass observations(ActivationRanges ranges, int bins) {
    return new Pass(load(scripts.observations(ranges, bins)));
  }

  private PtSymbolBlock load(String script) {
    try {
      byte[] archive = ScriptArchive.of(script);
      return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private NDArray inputs(NDManager on, float[] inputs, long... leading) {
    Tensor input = graph.inputTensor();
    Shape shape =
        new Shape(leading)
            .addAll(
                new Shape(input.shape().height(), input.shape().width(), input.shape().channels()));
    return on.create(FloatBuffer.wrap(inputs), shape, DataType.FLOAT32);
  }

  /** The weights of the moment. */
  Weights weights() {
    Map<String, float[]> arrays = new TreeMap<>();
    int index = 0;
    for (List<String> group : List.of(layout.kernels(), layout.vectors(), layout.statistics())) {
      for (String name : group) {
        arrays.put(name, weights.get(index++).toFloatArray());
      }
    }
    return new Weights(arrays);
  }

  @Override
  public void close() {
    manager.close();
  }

  /** Runs the network forward. */
  final class Pass {
    private final PtSymbolBlock script;

    private Pass(PtSymbolBlock script) {
      this.script = script;
    }

    /** The script's answer, row by row, for {@code batch} examples. */
    float[] of(float[] values, int batch) {
      try (NDManager scratch = manager.newSubManager()) {
        NDList inputs = new NDList(inputs(scratch, values, batch));
        inputs.addAll(weights);
        inputs.addAll(schemes);
        return IValueUtils.forward(script, inputs, false).get(0).toFloatArray();
      }
    }
  }

  /** Runs training steps; holds the moments of AdamW. */
  final class Steps {
    private final PtSymbolBlock script;
    private final NDList moments;

    private Steps(PtSymbolBlock script, NDList moments) {
      this.script = script;
      this.moments = moments;
      if (moments.isEmpty()) {
        addMoments("kernel", 0, layout.kernels().size());
        addMoments("vector", layout.kernels().size(), layout.vectors().size());
      }
    }

    private void addMoments(String group, int from, int count) {
      List<NDArray> members = weights.subList(from, from + count);
      members.forEach(member -> add(group + "Means[]", member.zerosLike()));
      members.forEach(member -> add(group + "Squares[]", member.zerosLike()));
      members.forEach(member -> add(group + "Steps[]", manager.zeros(new Shape())));
    }

    private void add(String list, NDArray array) {
      array.setName(list);
      moments.add(array);
    }

    /**
     * One step for each rate, with a batch of {@code labels.length / rates.length} examples each.
     */
    float[] run(float[] values, long[] labels, float[] rates) {
      long batch = labels.length / rates.length;
      boolean before = JniUtils.isGradMode();
      try (NDManager scratch = manager.newSubManager()) {
        JniUtils.setGradMode(true);
        NDList inputs =
            new NDList(
                inputs(scratch, values, rates.length, batch),
                scratch.create(
                    LongBuffer.wrap(labels), new Shape(rates.length, batch), DataType.INT64),
                scratch.create(FloatBuffer.wrap(rates), new Shape(rates.length), DataType.FLOAT32));
        inputs.addAll(weights);
        inputs.addAll(schemes);
        inputs.addAll(moments);
        return IValueUtils.forward(script, inputs, true).get(0).toFloatArray();
      } finally {
        JniUtils.setGradMode(before);
      }
    }
  }
}
