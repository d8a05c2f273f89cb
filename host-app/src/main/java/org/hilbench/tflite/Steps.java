package org.hilbench.tflite;

import java.util.List;
import java.util.Locale;
import org.hilbench.BenchException;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * How much work one inference asks for: multiply-accumulates and elements that are looked at. A
 * file of a few hundred bytes can ask for years.
 */
final class Steps {
  /** No microcontroller comes to the end of more within a minute. */
  private static final long MOST = 4_000_000_000L;

  /** All tensors together; far more than the memory of any board here. */
  private static final long MOST_BYTES = 128L << 20;

  private Steps() {}

  /**
   * Of all operators together, whose shapes were checked.
   *
   * @throws BenchException (USAGE) if they or the tensors are more than anything here can run
   */
  static long require(List<Facts> operators, List<TfliteTensor> tensors) throws BenchException {
    long sum = 0;
    for (Facts facts : operators) {
      long steps = of(facts);
      sum = Math.min(Long.MAX_VALUE / 2, sum + steps);
      if (sum > MOST) {
        throw facts.refused(
            String.format(
                Locale.ROOT,
                "takes about %.1e steps, and the model up to it %.1e; at most %.0e are run",
                (double) steps,
                (double) sum,
                (double) MOST));
      }
    }
    long bytes = tensors.stream().mapToLong(TfliteTensor::bytes).sum();
    if (bytes > MOST_BYTES) {
      throw ModelChecks.refused(
          String.format(
              Locale.ROOT, "its tensors take %,d bytes; at most %,d are run", bytes, MOST_BYTES));
    }
    return sum;
  }

  private static long of(Facts facts) throws BenchException {
    long outputs = facts.output(0).elements();
    return switch (facts.operator().builtinCode()) {
      case BuiltinOperator.CONV_2D, BuiltinOperator.FULLY_CONNECTED -> outputs * slice(facts, 0);
      case BuiltinOperator.DEPTHWISE_CONV_2D -> outputs * slice(facts, 3);
      case BuiltinOperator.AVERAGE_POOL_2D, BuiltinOperator.MAX_POOL_2D ->
          outputs
              * Math.min(facts.option(3, 0), facts.shape(0).get(2))
              * Math.min(facts.option(4, 0), facts.shape(0).get(1));
      default -> moved(facts);
    };
  }

  /** Weights that one element of the output sums over: all but the axis of its channels. */
  private static long slice(Facts facts, int axis) {
    return facts.input(1).elements() / facts.shape(1).get(axis);
  }

  private static long moved(Facts facts) {
    long elements = 0;
    for (int place = 0; place < facts.operator().inputs().size(); place++) {
      elements += facts.has(place) ? facts.input(place).elements() : 0;
    }
    for (int place = 0; place < facts.operator().outputs().size(); place++) {
      elements += facts.output(place).elements();
    }
    return elements;
  }
}
