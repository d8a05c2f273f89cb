package org.hilbench.measure;

import java.util.Objects;
import java.util.Optional;
import org.hilbench.quantity.Quantity;

/**
 * One operator of the run that was looked at op by op.
 *
 * @param op name of the builtin, such as {@code CONV_2D}
 * @param cost instructions (simulated) or cycles (measured); absent on a board whose clock is not
 *     confirmed
 * @param outputBytes size of its output tensor
 * @param outputCrc CRC-32 of its output for the first input
 */
public record OpCost(
    int index, String op, Optional<Quantity> cost, long outputBytes, long outputCrc) {
  public OpCost {
    Objects.requireNonNull(cost);
  }

  /** One whose cost is known. */
  public OpCost(int index, String op, Quantity cost, long outputBytes, long outputCrc) {
    this(index, op, Optional.of(cost), outputBytes, outputCrc);
  }
}
