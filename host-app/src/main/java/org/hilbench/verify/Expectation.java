package org.hilbench.verify;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;

/**
 * What a reference says about one input.
 *
 * @param output the model's output tensor
 * @param kept outputs of operators, by operator index
 * @param opCrcs CRC-32 of each operator's output, by operator index; empty where not asked for
 */
public record Expectation(
    Bytes input, Bytes output, Map<Integer, Bytes> kept, Map<Integer, Long> opCrcs) {
  public Expectation {
    kept = Collections.unmodifiableMap(new TreeMap<>(kept));
    opCrcs = Collections.unmodifiableMap(new TreeMap<>(opCrcs));
  }

  /**
   * Takes everything from a reference that has just run this input.
   *
   * @param keepOps operators whose output is wanted byte for byte
   * @param tensor bytes of a tensor, by its index in the file
   */
  public static Expectation of(
      TfliteModel model, Bytes input, List<Integer> keepOps, IntFunction<byte[]> tensor) {
    Map<Integer, Bytes> kept = new TreeMap<>();
    Map<Integer, Long> crcs = new TreeMap<>();
    for (TfliteOperator operator : model.operators()) {
      Bytes output = Bytes.of(tensor.apply(operator.outputs().get(0)));
      crcs.put(operator.index(), output.crc32());
      if (keepOps.contains(operator.index())) {
        kept.put(operator.index(), output);
      }
    }
    return new Expectation(input, Bytes.of(tensor.apply(model.output())), kept, crcs);
  }

  /** The operators whose output tells more than the model's: what a final SOFTMAX is fed. */
  public static List<Integer> logits(TfliteModel model) {
    List<TfliteOperator> operators = model.operators();
    TfliteOperator last = operators.get(operators.size() - 1);
    if (!last.name().equals("SOFTMAX")) {
      return List.of();
    }
    int fed = last.inputs().get(0);
    return operators.stream()
        .filter(operator -> operator.outputs().contains(fed))
        .map(TfliteOperator::index)
        .toList();
  }
}
