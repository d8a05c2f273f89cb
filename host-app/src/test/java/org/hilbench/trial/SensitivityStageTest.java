package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.Dataset;
import org.hilbench.data.FashionMnist;
import org.hilbench.data.SyntheticImages;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.evaluate.Int8Accuracy;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.ActivationRanges.Range;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Op;
import org.hilbench.graph.Tensor;
import org.hilbench.graph.WeightsFile;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.space.Architecture;
import org.hilbench.space.image.ImageSpace;
import org.hilbench.space.image.SpaceBounds;
import org.hilbench.tflite.TensorType;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteTensor;
import org.hilbench.worker.Pending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitivityStageTest {
  @TempDir Path folder;

  /** The evaluator's answer names the layer: as many right as elements in the int4 kernel. */
  @Test
  void eachLayerIsNarrowedAloneAndItsLossIsItsOwn() throws Exception {
    Dataset dataset = new FashionMnist().load(SyntheticImages.write(folder, 60, 20));
    SpaceBounds bounds = SpaceBounds.smallImages(dataset.shape(), dataset.classes());
    Architecture network = new ImageSpace(bounds).random(new SplittableRandom(5));
    Graph graph = network.toGraph(dataset.shape(), dataset.classes());
    int all = 1_000_000;
    Evaluator evaluator =
        (task, progress) -> {
          int narrow = Math.toIntExact(narrowWeights(task.model()));
          return Pending.of(Stage.EVALUATE, new Int8Accuracy(task.split(), all - narrow, all));
        };
    Sensitivity found =
        new SensitivityStage(dataset, evaluator, 60).of("trial 1", network, trained(graph));
    assertEquals(1, found.int8());
    List<Long> weights = new ArrayList<>();
    graph
        .nodes()
        .forEach(
            node -> {
              if (node.op() instanceof Op.Convolution) {
                weights.add(node.op().weights(graph.inputShapes(node)));
              }
            });
    assertEquals(weights, found.layers().stream().map(Sensitivity.Layer::weights).toList());
    for (Sensitivity.Layer layer : found.layers()) {
      assertEquals(layer.weights(), Math.round(found.lost(layer) * all), layer.op());
    }
  }

  private static WeightsFile trained(Graph graph) {
    Map<Integer, Range> ranges = new TreeMap<>();
    for (Tensor tensor : graph.tensors()) {
      ranges.put(tensor.id(), new Range(-2, 2));
    }
    return new WeightsFile(
        RandomNetworks.weights(graph, new SplittableRandom(6)), new ActivationRanges(ranges));
  }

  private static long narrowWeights(byte[] file) {
    try {
      return TfliteModel.parse(file).tensors().stream()
          .filter(tensor -> tensor.type() == TensorType.INT4)
          .mapToLong(TfliteTensor::elements)
          .sum();
    } catch (BenchException e) {
      throw new AssertionError(e);
    }
  }
}
