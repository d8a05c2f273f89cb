package org.hilbench.measure;

import java.util.List;
import java.util.Set;

/** Compares what a device gave with what a reference says. Pure. */
public final class Verifier {
  /**
   * TensorFlow Lite's reference rounds a FULLY_CONNECTED once, TensorFlow Lite Micro twice: a value
   * may be off by one.
   */
  private static final Set<String> ROUND_DIFFERENTLY = Set.of("FULLY_CONNECTED");

  private Verifier() {}

  /** Whether this operator may differ from the reference by design. */
  public static boolean roundsDifferently(String op) {
    return ROUND_DIFFERENTLY.contains(op);
  }

  /**
   * @param expected one for each input of the measurement, in its order; the operators' CRCs are
   *     compared for the first
   */
  public static Verdict compare(Measurement measurement, List<Expectation> expected) {
    List<Inference> got = measurement.outputs();
    if (got.size() != expected.size()) {
      throw new IllegalArgumentException(
          got.size() + " outputs and " + expected.size() + " expectations");
    }
    Comparison comparison = new Comparison(measurement.ops());
    for (int i = 0; i < got.size(); i++) {
      comparison.inference(i, got.get(i), expected.get(i));
    }
    comparison.operators(expected.get(0).opCrcs());
    return comparison.verdict();
  }
}
