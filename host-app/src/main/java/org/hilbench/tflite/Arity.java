package org.hilbench.tflite;

import java.util.Map;
import org.hilbench.BenchException;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * How many inputs and outputs an operator has.
 *
 * @param inputs that must be there
 * @param most inputs at most
 * @param outputs exactly
 */
record Arity(int inputs, int most, int outputs) {
  private static final int ANY = Integer.MAX_VALUE;

  private static final Arity ONE = new Arity(1, 1, 1);
  private static final Arity TWO = new Arity(2, 2, 1);
  private static final Arity THREE = new Arity(3, 3, 1);
  private static final Arity WEIGHTED = new Arity(2, 3, 1);

  private static final Map<Integer, Arity> KNOWN =
      Map.ofEntries(
          Map.entry(BuiltinOperator.ADD, TWO),
          Map.entry(BuiltinOperator.SUB, TWO),
          Map.entry(BuiltinOperator.MUL, TWO),
          Map.entry(BuiltinOperator.MAXIMUM, TWO),
          Map.entry(BuiltinOperator.MINIMUM, TWO),
          Map.entry(BuiltinOperator.EQUAL, TWO),
          Map.entry(BuiltinOperator.NOT_EQUAL, TWO),
          Map.entry(BuiltinOperator.GREATER, TWO),
          Map.entry(BuiltinOperator.GREATER_EQUAL, TWO),
          Map.entry(BuiltinOperator.LESS, TWO),
          Map.entry(BuiltinOperator.LESS_EQUAL, TWO),
          Map.entry(BuiltinOperator.PRELU, TWO),
          Map.entry(BuiltinOperator.CONV_2D, WEIGHTED),
          Map.entry(BuiltinOperator.DEPTHWISE_CONV_2D, WEIGHTED),
          Map.entry(BuiltinOperator.FULLY_CONNECTED, WEIGHTED),
          Map.entry(BuiltinOperator.AVERAGE_POOL_2D, ONE),
          Map.entry(BuiltinOperator.MAX_POOL_2D, ONE),
          Map.entry(BuiltinOperator.SOFTMAX, ONE),
          Map.entry(BuiltinOperator.LOGISTIC, ONE),
          Map.entry(BuiltinOperator.TANH, ONE),
          Map.entry(BuiltinOperator.RELU, ONE),
          Map.entry(BuiltinOperator.RELU6, ONE),
          Map.entry(BuiltinOperator.HARD_SWISH, ONE),
          Map.entry(BuiltinOperator.LEAKY_RELU, ONE),
          Map.entry(BuiltinOperator.ELU, ONE),
          Map.entry(BuiltinOperator.QUANTIZE, ONE),
          Map.entry(BuiltinOperator.DEQUANTIZE, ONE),
          Map.entry(BuiltinOperator.L2_NORMALIZATION, ONE),
          Map.entry(BuiltinOperator.RESHAPE, new Arity(1, 2, 1)),
          Map.entry(BuiltinOperator.SQUEEZE, ONE),
          Map.entry(BuiltinOperator.PAD, TWO),
          Map.entry(BuiltinOperator.PADV2, THREE),
          Map.entry(BuiltinOperator.MIRROR_PAD, TWO),
          Map.entry(BuiltinOperator.MEAN, TWO),
          Map.entry(BuiltinOperator.SUM, TWO),
          Map.entry(BuiltinOperator.REDUCE_MAX, TWO),
          Map.entry(BuiltinOperator.ARG_MAX, TWO),
          Map.entry(BuiltinOperator.ARG_MIN, TWO),
          Map.entry(BuiltinOperator.CONCATENATION, new Arity(1, ANY, 1)),
          Map.entry(BuiltinOperator.PACK, new Arity(1, ANY, 1)),
          Map.entry(BuiltinOperator.UNPACK, new Arity(1, 1, ANY)),
          Map.entry(BuiltinOperator.SPLIT, new Arity(2, 2, ANY)),
          Map.entry(BuiltinOperator.SPLIT_V, new Arity(3, 3, ANY)),
          Map.entry(BuiltinOperator.SLICE, THREE),
          Map.entry(BuiltinOperator.STRIDED_SLICE, new Arity(4, 4, 1)),
          Map.entry(BuiltinOperator.TRANSPOSE, TWO),
          Map.entry(BuiltinOperator.EXPAND_DIMS, TWO),
          Map.entry(BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, TWO),
          Map.entry(BuiltinOperator.RESIZE_BILINEAR, TWO));

  /** Refuses an operator that has others; one that is not known may have any. */
  static void check(Facts facts) throws BenchException {
    Arity arity = KNOWN.get(facts.operator().builtinCode());
    if (arity == null) {
      return;
    }
    int inputs = facts.operator().inputs().size();
    int outputs = facts.operator().outputs().size();
    facts.require(
        inputs >= arity.inputs && inputs <= arity.most,
        "has "
            + inputs
            + " inputs, not "
            + arity.inputs
            + (arity.most > arity.inputs ? "..." : ""));
    facts.require(
        outputs == arity.outputs || arity.outputs == ANY,
        "has " + outputs + " outputs, not " + arity.outputs);
    int needed = arity.most == ANY ? inputs : arity.inputs;
    for (int place = 0; place < needed; place++) {
      facts.require(facts.has(place), "lacks its input " + place);
    }
  }
}
