package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * One memory of a part, at its true size.
 *
 * @param name the region's name in the linker script, such as {@code FLASH} or {@code SRAM1}
 * @param origin address of its first byte
 * @param size in bytes; written {@code 640 KiB} or as a plain number in board.yaml
 * @param arena whether the tensor arena may lie here; only RAM
 */
public record Memory(
    String name,
    Role role,
    long origin,
    @JsonDeserialize(using = ByteSizeDeserializer.class) long size,
    boolean arena) {

  /** What a memory is for. */
  public enum Role {
    /** Code, constants and the model; written only by flashing. */
    @JsonProperty("flash")
    FLASH,
    /** Data; the first RAM of a profile holds the stack, .data and .bss. */
    @JsonProperty("ram")
    RAM,
    /** RAM for code only, such as ITCM. */
    @JsonProperty("code")
    CODE
  }

  private static final long ADDRESS_SPACE = 1L << 32;

  public Memory {
    if (!name.matches("[A-Z][A-Z0-9_]*")) {
      throw new IllegalArgumentException(
          "name '" + name + "' is not a linker region; use capitals, digits and _");
    }
    if (size < 1024 || origin < 0 || origin + size > ADDRESS_SPACE) {
      throw new IllegalArgumentException(
          String.format(
              "memory %s of %d bytes at 0x%08x is smaller than 1 KiB or leaves the 4 GiB address"
                  + " space",
              name, size, origin));
    }
    if (arena && role != Role.RAM) {
      throw new IllegalArgumentException("arena: true is for memories of role ram, not " + name);
    }
  }

  /** Address of the first byte behind it. */
  public long end() {
    return origin + size;
  }

  boolean overlaps(Memory other) {
    return origin < other.end() && other.origin < end();
  }

  Memory at(long address) {
    return new Memory(name, role, address, size, arena);
  }
}
