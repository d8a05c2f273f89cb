package org.hilbench.space;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Precision;
import org.hilbench.graph.QuantPolicy;
import org.hilbench.graph.Shape;

/**
 * Draws and changes the precision of a network's convolutions.
 *
 * <p>Dense convolutions (all but depthwise ones) hold nearly all weights and are what 4 bits pay
 * for; depthwise ones hold few and lose more accuracy. Each of the two brings a kernel into the
 * firmware for each width that it occurs in. So the layers of a kind mostly agree, dense ones
 * mostly have few bits, and depthwise ones mostly 8. 16-bit activations cost memory and time and
 * pay only where 8 bits lose accuracy, so they come up seldom and one layer at a time.
 */
public final class PrecisionChoice {
  /**
   * Chance of a large drawn network to have its dense convolutions in the fewest bits there are; of
   * one with so many weights in them half of it, as a kernel more costs what these would save.
   */
  private static final double DENSE_IN_FEW_BITS = 0.75;

  private static final double WEIGHTS_FOR_A_KERNEL = 3_000;

  /** Drawn networks whose depthwise convolutions have what the dense ones have. */
  private static final double DEPTHWISE_LIKE_DENSE = 0.25;

  /** Drawn networks in which some layers differ, and how many of their layers do. */
  private static final double WITH_EXCEPTIONS = 0.1;

  private static final double EXCEPTIONS = 0.25;

  /** Drawn networks and changes that may have 16-bit activations at all. */
  private static final double WITH_WIDE = 0.1;

  /** Changes of an int8 network that put all its dense convolutions in the fewest bits. */
  private static final double DENSE_FIRST = 0.75;

  /** Other changes: of all layers of a kind, and of a block. */
  private static final double WHOLE_KIND = 0.25;

  private static final double WHOLE_BLOCK = 0.25;

  /** A layer that loses so many percentage points in 4 bits comes up half as often for them. */
  private static final double POINTS_AS_DEAR = 0.5;

  private final List<Precision> choices;

  /**
   * One convolution of a network.
   *
   * @param block the first part of its label ({@code b2} of {@code b2.u0.depthwise}), which it
   *     shares with what changes along with it; empty where the label has one part
   */
  private record Layer(boolean depthwise, String block, long weights) {
    long denseWeights() {
      return depthwise ? 0 : weights;
    }

    static List<Layer> of(Architecture network) {
      List<Layer> layers = new ArrayList<>();
      Graph graph = network.toGraph(new Shape(1, 1, 1), 10);
      for (Node node : graph.nodes()) {
        if (node.op() instanceof Op.Convolution op) {
          layers.add(new Layer(op.depthwise(), blockOf(node), op.weights(graph.inputShapes(node))));
        }
      }
      return layers;
    }

    private static String blockOf(Node node) {
      return node.label().substring(0, Math.max(0, node.label().indexOf('.')));
    }
  }

  public PrecisionChoice(List<Precision> choices) {
    this.choices = choices;
  }

  /** Whether there is anything to choose. */
  public boolean varied() {
    return choices.size() > 1;
  }

  /** A precision drawn for each convolution of a network. */
  public QuantPolicy drawn(Architecture network, RandomGenerator generator) {
    List<Layer> layers = Layer.of(network);
    double weights = layers.stream().mapToDouble(Layer::denseWeights).sum();
    double few = DENSE_IN_FEW_BITS * weights / (weights + WEIGHTS_FOR_A_KERNEL);
    Precision dense = generator.nextDouble() < few ? fewestBits() : int8();
    boolean alike = generator.nextDouble() < DEPTHWISE_LIKE_DENSE;
    Precision depthwise = alike ? dense : int8();
    boolean exceptions = generator.nextDouble() < WITH_EXCEPTIONS;
    List<Precision> different = some(generator);
    List<Precision> all = new ArrayList<>();
    for (Layer layer : layers) {
      boolean exception = exceptions && generator.nextDouble() < EXCEPTIONS;
      Precision usual = layer.depthwise() ? depthwise : dense;
      all.add(exception ? Draw.any(different, generator) : usual);
    }
    return new QuantPolicy(all);
  }

  /** Each narrow precision for dense convolutions, with depthwise ones in 8 bits. */
  List<QuantPolicy> plain(Architecture network) {
    List<Layer> layers = Layer.of(network);
    return narrow().stream().map(dense -> dense(layers, dense)).toList();
  }

  /** The dense convolutions in this precision, the depthwise ones in int8. */
  private QuantPolicy dense(List<Layer> layers, Precision dense) {
    return new QuantPolicy(
        layers.stream().map(layer -> layer.depthwise() ? int8() : dense).toList());
  }

  /** The choices, seldom with 16-bit activations. */
  private List<Precision> some(RandomGenerator generator) {
    return generator.nextDouble() < WITH_WIDE ? choices : narrow();
  }

  /** The choices without 16-bit activations, if there are any. */
  private List<Precision> narrow() {
    return those(choice -> choice.activations() == DataType.INT8);
  }

  private Precision fewestBits() {
    return those(Precision.W4A8::equals).get(0);
  }

  private Precision int8() {
    return those(Precision.W8A8::equals).get(0);
  }

  /** The choices that are so; all where none is. */
  private List<Precision> those(Predicate<Precision> wanted) {
    List<Precision> those = choices.stream().filter(wanted).toList();
    return those.isEmpty() ? choices : those;
  }

  /** Each layer as in one of two versions of a network. */
  static QuantPolicy crossed(Architecture one, Architecture other, RandomGenerator generator) {
    List<Precision> mixed = new ArrayList<>(one.policy().first(one.convolutions()));
    List<Precision> others = other.policy().first(other.convolutions());
    for (int layer = 0; layer < mixed.size(); layer++) {
      mixed.set(layer, generator.nextBoolean() ? others.get(layer) : mixed.get(layer));
    }
    return new QuantPolicy(mixed);
  }

  /**
   * One layer, one block or all layers of a kind in another precision; of a network that is all
   * int8 mostly all dense convolutions in the fewest bits.
   *
   * @param lost see {@link SearchSpace#inOtherPrecision}
   */
  QuantPolicy changed(Architecture parent, List<Double> lost, RandomGenerator generator) {
    List<Layer> layers = Layer.of(parent);
    List<Precision> all = new ArrayList<>(parent.policy().first(layers.size()));
    if (parent.equals(parent.inInt8()) && generator.nextDouble() < DENSE_FIRST) {
      return dense(layers, fewestBits());
    }
    List<String> blocks = blocks(layers);
    double share = generator.nextDouble();
    if (share < WHOLE_KIND) {
      Precision precision = Draw.any(narrow(), generator);
      boolean depthwise = Draw.any(layers, generator).depthwise();
      for (int layer = 0; layer < all.size(); layer++) {
        all.set(layer, layers.get(layer).depthwise() == depthwise ? precision : all.get(layer));
      }
    } else if (share < WHOLE_KIND + WHOLE_BLOCK && !blocks.isEmpty()) {
      Precision precision = Draw.any(narrow(), generator);
      String block = Draw.any(blocks, generator);
      for (int layer = 0; layer < all.size(); layer++) {
        boolean dense = layers.get(layer).block().equals(block) && !layers.get(layer).depthwise();
        all.set(layer, dense ? precision : all.get(layer));
      }
    } else {
      Precision precision = Draw.any(some(generator), generator);
      all.set(Draw.weighted(chances(layers, lost, precision), generator), precision);
    }
    return new QuantPolicy(all);
  }

  private static List<String> blocks(List<Layer> layers) {
    return layers.stream().map(Layer::block).filter(name -> !name.isEmpty()).distinct().toList();
  }

  /**
   * The chance of each layer to be the one that gets this precision. It grows with its weights (by
   * their root, so that small ones come too); for 4 bits it falls with what the layer would lose,
   * for more bits it grows with that.
   */
  private static double[] chances(List<Layer> layers, List<Double> lost, Precision precision) {
    double[] chances = new double[layers.size()];
    for (int i = 0; i < chances.length; i++) {
      double points = lost.isEmpty() ? 0 : 100 * Math.max(0, lost.get(i));
      double dear = POINTS_AS_DEAR + points;
      chances[i] = Math.sqrt((double) layers.get(i).weights());
      chances[i] *= precision.weights() == DataType.INT4 ? 1 / dear : dear;
    }
    return chances;
  }
}
