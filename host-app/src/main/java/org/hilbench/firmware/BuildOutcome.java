package org.hilbench.firmware;

/** What became of a build that could be carried out. */
public sealed interface BuildOutcome {

  /** The image exists. */
  record Built(FirmwareImage image) implements BuildOutcome {}

  /**
   * The model is too big for the board: a fact about the candidate, not a failure.
   *
   * @param region the memory of the board profile that overflowed
   * @param overflowBytes how much more than the region was needed
   * @param regionBytes the region's size
   */
  record DoesNotFit(String region, long overflowBytes, long regionBytes) implements BuildOutcome {}
}
