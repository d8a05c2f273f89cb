package org.hilbench.quantize;

import java.util.Map;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization;
import org.hilbench.graph.Tensor;

/**
 * A network in integers: a graph whose tensors carry their type and quantization, and the
 * parameters of each convolution by node id.
 */
public record QuantizedModel(Graph graph, Map<Integer, QuantizedParameters> parameters) {
  public QuantizedModel {
    parameters = Map.copyOf(parameters);
    for (Tensor tensor : graph.tensors()) {
      if (tensor.type() == DataType.FLOAT32
          || !(tensor.quantization() instanceof Quantization.PerTensor)) {
        throw new IllegalArgumentException("tensor '" + tensor.name() + "' is not quantized");
      }
    }
    for (Node node : graph.nodes()) {
      boolean wanted = node.op() instanceof Op.Convolution;
      QuantizedParameters held = parameters.get(node.id());
      if (wanted != (held != null)) {
        throw new IllegalArgumentException(
            "node " + node.id() + (wanted ? " lacks its parameters" : " takes no parameters"));
      }
      if (held != null && held.weights().length != node.op().weights(graph.inputShapes(node))) {
        throw new IllegalArgumentException(
            "node " + node.id() + " has " + held.weights().length + " weights, a wrong count");
      }
    }
  }

  public QuantizedParameters of(Node node) {
    QuantizedParameters found = parameters.get(node.id());
    if (found == null) {
      throw new IllegalArgumentException("node " + node.id() + " has no parameters");
    }
    return found;
  }

  /** Scale and zero point of an activation tensor. */
  public Quantization.PerTensor quantization(int tensor) {
    return (Quantization.PerTensor) graph.tensors().get(tensor).quantization();
  }
}
