package org.hilbench.verify;

import java.util.List;
import org.hilbench.measure.Inference;
import org.hilbench.measure.Measurement;

/** Compares what a device gave with what a reference says. Pure. */
public final class Verifier {
  private Verifier() {}

  /**
   * Every byte counts: nothing that differs is excused.
   *
   * @param expected one for each input of the measurement, in its order; the operators' CRCs are
   *     compared for the first
   */
  public static Agreement compare(Measurement measurement, List<Expectation> expected) {
    List<Inference> got = measurement.outputs();
    if (got.size() != expected.size()) {
      throw new IllegalArgumentException(
          got.size() + " outputs and " + expected.size() + " expectations");
    }
    AgreementCheck check = new AgreementCheck(measurement.ops());
    for (int i = 0; i < got.size(); i++) {
      check.inference(i, got.get(i), expected.get(i));
    }
    check.operators(expected.get(0).opCrcs());
    return check.agreement();
  }
}
