package org.hilbench.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.hilbench.data.DataReference;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Weights;
import org.hilbench.graph.WeightsFile;

/** What goes to a training worker and what comes back: a JSON head and a file of weights. */
final class TrainingWire {
  private static final JsonMapper JSON = GraphJson.mapper();

  private TrainingWire() {}

  /** A training without anything that only the main process knows. */
  record Request(Head head, Weights start) {
    record Head(Graph graph, TrainingRecipe recipe, DataReference data, long seed) {}

    byte[] encode() {
      ActivationRanges none = new ActivationRanges(Map.of());
      return joined(head, new WeightsFile(start, none).bytes(head.graph()));
    }

    static Request decode(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      Head head = JSON.readValue(in.readNBytes(in.readInt()), Head.class);
      return new Request(head, WeightsFile.parse(in.readAllBytes(), head.graph()).weights());
    }
  }

  private record ResultHead(double floatAccuracy, double finalLoss, long samples, long nanos) {}

  static byte[] encode(TrainedModel model, Graph graph) {
    ResultHead head =
        new ResultHead(
            model.floatAccuracy(), model.finalLoss(), model.samples(), model.elapsed().toNanos());
    return joined(head, new WeightsFile(model.weights(), model.ranges()).bytes(graph));
  }

  static TrainedModel decode(byte[] bytes, Graph graph) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      ResultHead head = JSON.readValue(in.readNBytes(in.readInt()), ResultHead.class);
      WeightsFile file = WeightsFile.parse(in.readAllBytes(), graph);
      return new TrainedModel(
          file.weights(),
          file.ranges(),
          head.floatAccuracy,
          head.finalLoss,
          head.samples,
          Duration.ofNanos(head.nanos));
    } catch (IOException e) {
      throw new UncheckedIOException("a worker of this build sent another format", e);
    }
  }

  static byte[] joined(Object head, byte[] weights) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      byte[] json = JSON.writeValueAsBytes(head);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(json.length);
      out.write(json);
      out.write(weights);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
