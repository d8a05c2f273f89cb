package org.hilbench.space;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;

/**
 * Draws and changes the precision of a network's convolutions. Layers mostly agree with each other,
 * as each width more brings its kernels into the firmware and QUANTIZE between the layers. 16-bit
 * activations cost memory and time and pay only where 8 bits lose accuracy, so they come up seldom
 * and one layer at a time.
 */
final class PrecisionChoice {
  /** Layers that differ from the precision that a drawn network has otherwise. */
  private static final double EXCEPTIONS = 0.2;

  /** Drawn networks and changes that may have 16-bit activations at all. */
  private static final double WITH_WIDE = 0.1;

  /** Changes that give the whole network one precision, and those that give a block one. */
  private static final double WHOLE_NETWORK = 0.15;

  private static final double WHOLE_BLOCK = 0.25;

  private final List<Precision> choices;

  PrecisionChoice(List<Precision> choices) {
    this.choices = choices;
  }

  /** Whether there is anything to choose. */
  boolean varied() {
    return choices.size() > 1;
  }

  /** The same network with a precision drawn for each convolution. */
  Architecture drawn(Architecture network, RandomGenerator generator) {
    Precision usual = Choice.any(narrow(), generator);
    List<Precision> exceptions = some(generator);
    List<Precision> layers = new ArrayList<>();
    for (int layer = 0; layer < network.convolutions(); layer++) {
      boolean exception = generator.nextDouble() < EXCEPTIONS;
      layers.add(exception ? Choice.any(exceptions, generator) : usual);
    }
    return network.withPolicy(new QuantPolicy(layers));
  }

  /** The choices, seldom with 16-bit activations. */
  private List<Precision> some(RandomGenerator generator) {
    return generator.nextDouble() < WITH_WIDE ? choices : narrow();
  }

  /** The choices without 16-bit activations, if there are any. */
  private List<Precision> narrow() {
    List<Precision> narrow =
        choices.stream().filter(choice -> choice.activations() == DataType.INT8).toList();
    return narrow.isEmpty() ? choices : narrow;
  }

  /** A new block of a network in the precision of any of its layers. */
  Block like(Architecture network, Block block, RandomGenerator generator) {
    int layer = generator.nextInt(network.convolutions());
    return block.withQuant(QuantPolicy.all(network.policy().of(layer)));
  }

  /**
   * One layer, one block or all layers in another precision. A layer is chosen with a chance that
   * grows with its weights, as they are what narrow ones save.
   */
  Architecture changed(Architecture parent, RandomGenerator generator) {
    double share = generator.nextDouble();
    if (share < WHOLE_NETWORK) {
      return parent.withPolicy(QuantPolicy.all(Choice.any(narrow(), generator)));
    }
    if (share < WHOLE_NETWORK + WHOLE_BLOCK && !parent.blocks().isEmpty()) {
      List<Block> blocks = new ArrayList<>(parent.blocks());
      int at = generator.nextInt(blocks.size());
      Precision precision = Choice.any(narrow(), generator);
      blocks.set(at, blocks.get(at).withQuant(QuantPolicy.all(precision)));
      return new Architecture(parent.stem(), blocks, parent.head());
    }
    int layer = heavyLayer(parent, generator);
    Precision precision = Choice.any(some(generator), generator);
    return parent.withPolicy(parent.policy().with(layer, precision, parent.convolutions()));
  }

  /** Square roots, so that small layers come up too. */
  private static int heavyLayer(Architecture network, RandomGenerator generator) {
    List<Double> weights = new ArrayList<>();
    Graph graph = network.toGraph(new Shape(1, 1, 1), 10);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Convolution op) {
        weights.add(Math.sqrt((double) op.weights(graph.inputShapes(node))));
      }
    }
    double rest = generator.nextDouble() * weights.stream().mapToDouble(weight -> weight).sum();
    int layer = 0;
    while (layer < weights.size() - 1 && rest >= weights.get(layer)) {
      rest -= weights.get(layer++);
    }
    return layer;
  }
}
