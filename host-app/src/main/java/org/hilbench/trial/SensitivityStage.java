package org.hilbench.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.data.Split;
import org.hilbench.evaluate.EvaluationTask;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.evaluate.Int8Accuracy;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Weights;
import org.hilbench.graph.WeightsFile;
import org.hilbench.quantize.BatchNormFolding;
import org.hilbench.quantize.PostTrainingQuantizer;
import org.hilbench.space.Architecture;
import org.hilbench.tflite.TfliteWriter;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;

/** Measures a trained network's {@link Sensitivity}: one evaluation a layer, several at a time. */
public final class SensitivityStage {
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private final Dataset dataset;
  private final Evaluator evaluator;
  private final int examples;

  /**
   * @param examples of the validation split that each evaluation takes, at most
   */
  public SensitivityStage(Dataset dataset, Evaluator evaluator, int examples) {
    this.dataset = dataset;
    this.evaluator = evaluator;
    this.examples = examples;
  }

  /** Of a network whose float weights are these; its own policy plays no part. */
  public Sensitivity of(String name, Architecture architecture, WeightsFile trained)
      throws BenchException {
    Graph graph = architecture.inInt8().toGraph(dataset.shape(), dataset.classes());
    List<Node> convolutions =
        graph.nodes().stream().filter(node -> node.op() instanceof Op.Convolution).toList();
    int count = convolutions.size();
    Pending<Int8Accuracy> int8 = start(name, QuantPolicy.INT8.applied(graph), trained);
    List<Pending<Int8Accuracy>> narrowed = new ArrayList<>();
    for (int layer = 0; layer < count; layer++) {
      QuantPolicy policy = QuantPolicy.INT8.with(layer, Precision.W4A8, count);
      narrowed.add(start(name + ", layer " + layer, policy.applied(graph), trained));
    }
    List<Sensitivity.Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < count; layer++) {
      Node node = convolutions.get(layer);
      double accuracy = narrowed.get(layer).await().accuracy();
      long weights = node.op().weights(graph.inputShapes(node));
      layers.add(new Sensitivity.Layer(node.id(), words(graph, node), weights, accuracy));
    }
    return new Sensitivity(int8.await().accuracy(), layers);
  }

  private Pending<Int8Accuracy> start(String name, Graph graph, WeightsFile trained)
      throws BenchException {
    Weights folded = BatchNormFolding.fold(graph, trained.weights());
    ActivationRanges ranges =
        trained.ranges().including(graph.input(), dataset.encoding().leastRange());
    byte[] model = TfliteWriter.write(PostTrainingQuantizer.quantize(graph, folded, ranges));
    return evaluator.start(
        new EvaluationTask(name, model, dataset.reference(), Split.VALIDATION, examples, DEADLINE),
        Progress.NONE);
  }

  /** Such as {@code conv 3x3 16 -> 32}. */
  private static String words(Graph graph, Node node) {
    Op.Convolution op = (Op.Convolution) node.op();
    Shape in = graph.inputShapes(node).get(0);
    Shape out = graph.tensors().get(node.output()).shape();
    String kind = op.depthwise() ? "depthwise " : "conv ";
    return kind
        + op.window().kernelHeight()
        + "x"
        + op.window().kernelWidth()
        + " "
        + in.channels()
        + " -> "
        + out.channels();
  }
}
