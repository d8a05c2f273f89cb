package org.hilbench.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.data.DataReference;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Safetensors;
import org.hilbench.graph.Weights;
import org.hilbench.graph.WeightsFile;
import org.hilbench.quantize.Observations;

/** What goes to an observing worker, and what comes back as a file of arrays. */
final class ObservationWire {
  private static final JsonMapper JSON = GraphJson.mapper();
  private static final String HISTOGRAM = "histogram.";
  private static final String MEANS = "means.";
  private static final String RANGE = "range.";

  private ObservationWire() {}

  record Head(Graph graph, DataReference data) {}

  record Request(Head head, Weights weights) {}

  static byte[] encode(Observer.Task task) {
    ActivationRanges none = new ActivationRanges(Map.of());
    return TrainingWire.joined(
        new Head(task.graph(), task.data()),
        new WeightsFile(task.weights(), none).bytes(task.graph()));
  }

  static Request request(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Head head = JSON.readValue(in.readNBytes(in.readInt()), Head.class);
    return new Request(head, WeightsFile.parse(in.readAllBytes(), head.graph()).weights());
  }

  static byte[] encode(Observations observed) {
    Map<String, Safetensors.Array> arrays = new TreeMap<>();
    observed
        .histograms()
        .forEach((tensor, counts) -> arrays.put(HISTOGRAM + tensor, array(counts)));
    observed.means().forEach((tensor, means) -> arrays.put(MEANS + tensor, array(means)));
    observed
        .ranges()
        .byTensor()
        .forEach((tensor, range) -> arrays.put(RANGE + tensor, array(range.min(), range.max())));
    return new Safetensors(arrays, Map.of()).bytes();
  }

  private static Safetensors.Array array(float... values) {
    return new Safetensors.Array(new int[] {values.length}, values);
  }

  static Observations decode(byte[] bytes) {
    Map<Integer, float[]> histograms = new TreeMap<>();
    Map<Integer, float[]> means = new TreeMap<>();
    Map<Integer, ActivationRanges.Range> ranges = new TreeMap<>();
    Safetensors.parse(bytes)
        .arrays()
        .forEach(
            (name, array) -> {
              int tensor = Integer.parseInt(name.substring(name.indexOf('.') + 1));
              float[] values = array.values();
              if (name.startsWith(HISTOGRAM)) {
                histograms.put(tensor, values);
              } else if (name.startsWith(MEANS)) {
                means.put(tensor, values);
              } else {
                ranges.put(tensor, new ActivationRanges.Range(values[0], values[1]));
              }
            });
    return new Observations(new ActivationRanges(ranges), histograms, means);
  }
}
