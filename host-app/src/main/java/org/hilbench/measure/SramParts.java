package org.hilbench.measure;

import org.hilbench.quantity.Quantity;

/**
 * RAM by part, in bytes.
 *
 * @param arenaUsed what the runtime used of the arena
 * @param arenaAllocated what the arena has
 * @param stack high-water mark
 * @param data initialized static data
 * @param bss zeroed static data, without the arena and without the bench's own buffers
 * @param benchBuffers the bench's own buffers, which a product would not have; in no sum
 * @param peak arenaUsed + stack + data + bss
 */
public record SramParts(
    Quantity arenaUsed,
    Quantity arenaAllocated,
    Quantity stack,
    Quantity data,
    Quantity bss,
    Quantity benchBuffers,
    Quantity peak) {
  public SramParts {
    double sum = arenaUsed.value() + stack.value() + data.value() + bss.value();
    if (peak.value() != sum) {
      throw new IllegalArgumentException("peak SRAM " + peak.value() + " is not the sum " + sum);
    }
  }

  /** .data and .bss together. */
  public double staticBytes() {
    return data.value() + bss.value();
  }
}
