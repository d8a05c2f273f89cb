package org.hilbench.board;

/**
 * Turns a count of simulated instructions into an <i>estimate</i> of cycles on the part.
 *
 * @param cyclesPerInstruction one factor for the whole program
 * @param relativeError its error bar (0.15 = 15 %)
 * @param source what it was calibrated against
 */
public record CycleModel(double cyclesPerInstruction, double relativeError, String source) {
  public CycleModel {
    if (!(cyclesPerInstruction >= 0.4 && cyclesPerInstruction <= 20)) {
      throw new IllegalArgumentException(
          "cyclesPerInstruction " + cyclesPerInstruction + " is not within 0.4..20");
    }
    Checks.relativeError(relativeError);
    Checks.stated("source", source);
  }

  public double cycles(long instructions) {
    return instructions * cyclesPerInstruction;
  }
}
