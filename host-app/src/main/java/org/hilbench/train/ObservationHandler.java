package org.hilbench.train;

import java.util.Map;
import java.util.TreeMap;
import org.hilbench.data.Examples;
import org.hilbench.data.LoadedData;
import org.hilbench.data.Split;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Tensor;
import org.hilbench.graph.Weights;
import org.hilbench.quantize.Observations;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;

/** Observes inside a worker process. */
public final class ObservationHandler implements WorkerHandler {
  private final LoadedData data = new LoadedData();

  /** For the worker, which creates handlers by their class. */
  public ObservationHandler() {}

  @Override
  public byte[] handle(byte[] request, Progress progress) throws Exception {
    ObservationWire.Request asked = ObservationWire.request(request);
    TorchEngine.load();
    Examples examples = data.of(asked.head().data()).split(Split.TRAIN);
    return ObservationWire.encode(observe(asked.head().graph(), asked.weights(), examples));
  }

  static Observations observe(Graph graph, Weights weights, Examples examples) {
    int total = Math.min(TorchTrainer.CALIBRATION_EXAMPLES, examples.size());
    try (TorchNetwork network = new TorchNetwork(graph, weights, false)) {
      ActivationRanges ranges = TorchTrainer.ranges(network.ranges(), graph, examples, total);
      TorchNetwork.Pass observed = network.observations(ranges, Observations.BINS);
      Sums sums = new Sums(graph);
      for (int from = 0; from < total; from += TorchTrainer.EVALUATION_BATCH) {
        int count = Math.min(TorchTrainer.EVALUATION_BATCH, total - from);
        sums.add(
            observed.of(TorchTrainer.inputs(examples, from, count), count), count / (float) total);
      }
      return new Observations(ranges, sums.histograms, sums.means);
    }
  }

  /** Adds up the answers of the batches. */
  private static final class Sums {
    private final Map<Integer, float[]> histograms = new TreeMap<>();
    private final Map<Integer, float[]> means = new TreeMap<>();

    Sums(Graph graph) {
      for (Tensor tensor : graph.tensors()) {
        histograms.put(tensor.id(), new float[Observations.BINS]);
        means.put(tensor.id(), new float[tensor.shape().channels()]);
      }
    }

    void add(float[] answer, float share) {
      int at = 0;
      for (float[] histogram : histograms.values()) {
        for (int i = 0; i < histogram.length; i++) {
          histogram[i] += answer[at++];
        }
      }
      for (float[] mean : means.values()) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += share * answer[at++];
        }
      }
    }
  }
}
