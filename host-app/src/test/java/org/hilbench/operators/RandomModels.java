package org.hilbench.operators;

import java.util.List;
import java.util.function.UnaryOperator;
import org.hilbench.operators.Sketch.T;

/**
 * Models of one operator, sometimes of two or three in a row: each operator that a kernel set
 * takes, over versions, types, scales, shapes and options. Some are beyond what kernels compute.
 */
public final class RandomModels {
  /**
   * A model.
   *
   * @param story its operators and versions
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Made(String story, byte[] file) {}

  private static final int MOST_ELEMENTS = 6000;

  private final Sketch sketch = new Sketch();
  private final Chance chance;
  private final Elementwise elementwise;
  private final WindowOps layers;
  private final Movements movements;

  private RandomModels(long seed) {
    this.chance = new Chance(seed);
    this.elementwise = new Elementwise(sketch, chance);
    this.layers = new WindowOps(sketch, chance);
    this.movements = new Movements(sketch, chance);
  }

  /** The model of a seed; equal seeds give equal bytes. */
  public static Made of(long seed) {
    return new RandomModels(seed).make();
  }

  private Made make() {
    T input = input();
    T at = input;
    boolean wide = chance.percent(12);
    if (wide) {
      at = elementwise.quantize(at, Sketch.INT16, at.scale() / chance.in(1, 300));
    }
    int operators = chance.percent(65) ? 1 : chance.in(2, 3);
    for (int i = 0; i < operators || at.index() == input.index(); i++) {
      T next = step(at);
      if (next.elements() > MOST_ELEMENTS) {
        break;
      }
      at = next;
      if (at.rank() == 0) {
        break;
      }
    }
    if (at.type() == Sketch.INT16) {
      at = elementwise.quantize(at, Sketch.INT8, at.scale() * chance.in(50, 300));
    }
    return new Made(sketch.story(), sketch.file(input.index(), at.index()));
  }

  private T input() {
    int rank = chance.percent(60) ? 4 : chance.in(1, 4);
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = i == rank - 1 ? chance.channels() : chance.side();
    }
    if (rank > 1) {
      shape[0] = chance.percent(80) ? 1 : chance.in(2, 3);
    }
    return sketch.activation(shape, Sketch.INT8, chance.scale(), chance.zeroPoint());
  }

  private T step(T at) {
    List<UnaryOperator<T>> any =
        List.of(
            elementwise::add,
            elementwise::sub,
            elementwise::mul,
            elementwise::maximumOrMinimum,
            elementwise::comparison,
            elementwise::relu,
            elementwise::relu6,
            elementwise::otherRelu,
            elementwise::hardSwish,
            elementwise::logistic,
            elementwise::tanh,
            elementwise::l2Normalization,
            elementwise::softmax,
            elementwise::prelu,
            t -> t.type() == Sketch.INT8 ? elementwise.quantize(t) : elementwise.add(t),
            layers::mean,
            layers::fullyConnected,
            layers::fullyConnected,
            movements::reshape,
            movements::pad,
            movements::concatenation,
            movements::stridedSlice,
            movements::split,
            movements::unpack,
            movements::pack,
            movements::argument);
    List<UnaryOperator<T>> images =
        List.of(
            layers::conv,
            layers::conv,
            layers::depthwise,
            layers::depthwise,
            layers::pool,
            layers::pool,
            movements::resize,
            layers::mean);
    boolean image = at.rank() == 4 && chance.percent(45);
    List<UnaryOperator<T>> from = image ? images : any;
    return from.get(chance.below(from.size())).apply(at);
  }
}
