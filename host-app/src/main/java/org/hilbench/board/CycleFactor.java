package org.hilbench.board;

/**
 * What an instruction of one kernel set takes on one part.
 *
 * @param cyclesPerInstruction one factor for the whole program
 * @param relativeError its error bar (0.25 = 25 %)
 * @param source how it was derived
 */
public record CycleFactor(double cyclesPerInstruction, double relativeError, String source) {
  public CycleFactor {
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
