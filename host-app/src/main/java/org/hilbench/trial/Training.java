package org.hilbench.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.graph.Graph;
import org.hilbench.graph.WeightsFile;
import org.hilbench.train.TrainedModel;

/** The result of a training as it is kept, and found again by its key. */
public record Training(WeightsFile file, Summary summary) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What weights and summary are called among a trial's artifacts. */
  enum Names {
    FLOAT(Artifact.WEIGHTS, Artifact.TRAINING),
    TUNED(Artifact.TUNED_WEIGHTS, Artifact.TUNING);

    private final String weights;
    private final String summary;

    Names(String weights, String summary) {
      this.weights = weights;
      this.summary = summary;
    }
  }

  /** Beside the weights. */
  public record Summary(double floatAccuracy, double finalLoss, long samples) {}

  static Training of(TrainedModel trained) {
    return new Training(
        new WeightsFile(trained.weights(), trained.ranges()),
        new Summary(trained.floatAccuracy(), trained.finalLoss(), trained.samples()));
  }

  /**
   * What is kept of a training.
   *
   * @param graph of the network
   */
  static Optional<Training> find(ArtifactSource kept, StageKey key, Names names, Graph graph)
      throws BenchException {
    Optional<Artifact> weights = kept.artifact(key, names.weights);
    Optional<Artifact> summary = kept.artifact(key, names.summary);
    if (weights.isEmpty() || summary.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Training(
              WeightsFile.parse(weights.get().bytes(), graph),
              JSON.readValue(summary.get().bytes(), Summary.class)));
    } catch (IOException | IllegalArgumentException e) {
      throw new BenchException(
          Stage.STORE,
          BenchException.Kind.ENVIRONMENT,
          "what is kept of " + key + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  List<Artifact> artifacts(Graph graph, StageKey key, Names names) {
    try {
      return List.of(
          new Artifact(key, names.weights, file.bytes(graph)),
          new Artifact(key, names.summary, JSON.writeValueAsBytes(summary)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of numbers writes as JSON", e);
    }
  }
}
