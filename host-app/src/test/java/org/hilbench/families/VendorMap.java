package org.hilbench.families;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A chip's registers by its vendor's own description, as a Rust crate carries it. */
interface VendorMap {
  /** A field's place in its register. */
  record Bits(int lowest, int width) {}

  /** Where a register is, or empty if the vendor knows none of that name. */
  Optional<Long> address(String peripheral, String register) throws IOException;

  /** Where a field is. */
  Optional<Bits> bits(String peripheral, String register, String field) throws IOException;

  /** The reader for this crate's form. */
  static VendorMap of(Path crate, String chip) {
    return String.valueOf(crate.getFileName()).startsWith("stm32-metapac")
        ? new MetapacMap(crate, chip)
        : new SvdMap(crate, chip);
  }
}
