package org.hilbench.trial;

import java.util.List;

/**
 * What each convolution's weights cost in accuracy when they alone drop to 4 bits after training.
 *
 * @param int8 validation accuracy with no layer narrowed, a fraction of 1
 * @param layers in the order of execution
 */
public record Sensitivity(double int8, List<Layer> layers) {
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

  /** Accuracy lost, a fraction of 1; below 0 where the network gains. */
  public double lost(Layer layer) {
    return int8 - layer.accuracy();
  }
}
