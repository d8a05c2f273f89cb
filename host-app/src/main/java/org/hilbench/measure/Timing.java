package org.hilbench.measure;

import java.util.Optional;
import org.hilbench.quantity.Quantity;

/**
 * One inference, the median of the timed runs.
 *
 * @param instructions counted by a simulator; absent on a board
 * @param cycles of the board's core: measured, or estimated from the instructions
 * @param latency at the operating point's clock, with the origin of the cycles
 */
public record Timing(Optional<Quantity> instructions, Quantity cycles, Quantity latency) {}
