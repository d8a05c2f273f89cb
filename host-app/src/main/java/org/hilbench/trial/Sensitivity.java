package org.hilbench.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * What each convolution's weights cost in accuracy when they alone drop to 4 bits after training.
 *
 * @param int8 validation accuracy with no layer narrowed, a fraction of 1
 * @param layers in the order of execution
 */
public record Sensitivity(double int8, List<Layer> layers) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Sensitivity {
    Accuracy.requireFraction("int8 accuracy", int8);
    layers = List.copyOf(layers);
  }

  /**
   * One convolution.
   *
   * @param node of the graph
   * @param op in words
   * @param weights elements of its kernel; 4 bits save half as many bytes
   * @param accuracy with this layer in 4 bits, a fraction of 1
   */
  public record Layer(int node, String op, long weights, double accuracy) {
    public Layer {
      Accuracy.requireFraction("accuracy of node " + node, accuracy);
    }
  }

  /** What is kept of it under the key of the float weights. */
  static Optional<Sensitivity> find(ArtifactSource kept, StageKey trained) throws BenchException {
    Optional<Artifact> found = kept.artifact(trained, Artifact.SENSITIVITY);
    try {
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(JSON.readValue(found.get().bytes(), Sensitivity.class));
    } catch (IOException e) {
      throw new BenchException(
          Stage.STORE,
          BenchException.Kind.ENVIRONMENT,
          "what is kept of " + found + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  Artifact artifact(StageKey trained) {
    try {
      return new Artifact(trained, Artifact.SENSITIVITY, JSON.writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of numbers writes as JSON", e);
    }
  }

  /** What each layer loses, in the order of execution. */
  public List<Double> lost() {
    return layers.stream().map(this::lost).toList();
  }

  /** Accuracy lost, a fraction of 1; below 0 where the network gains. */
  public double lost(Layer layer) {
    return int8 - layer.accuracy();
  }
}
