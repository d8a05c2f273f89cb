package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Locale;
import java.util.Optional;

/**
 * One memory of a part, at its true size.
 *
 * @param name the region's name in the linker script, such as {@code FLASH} or {@code SRAM1}
 * @param origin address of its first byte
 * @param size in bytes; written {@code 640 KiB} or as a plain number in board.yaml
 * @param arena whether the tensor arena may lie here; only RAM
 * @param eraseUnit largest unit that is erased at once, in bytes, where the part's firmware can
 *     program it while it runs; absent otherwise
 */
public record Memory(
    String name,
    Role role,
    long origin,
    @JsonDeserialize(using = ByteSizeDeserializer.class) long size,
    boolean arena,
    @JsonDeserialize(contentUsing = ByteSizeDeserializer.class) Optional<Long> eraseUnit) {

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
              Locale.ROOT,
              "memory %s of %d bytes at 0x%08x is smaller than 1 KiB or leaves the 4 GiB address"
                  + " space",
              name,
              size,
              origin));
    }
    if (arena && role != Role.RAM) {
      throw new IllegalArgumentException("arena: true is for memories of role ram, not " + name);
    }
    eraseUnit.ifPresent(unit -> checkEraseUnit(name, role, origin, size, unit));
  }

  /** One whose contents the firmware does not change while it runs, or RAM. */
  public Memory(String name, Role role, long origin, long size, boolean arena) {
    this(name, role, origin, size, arena, Optional.empty());
  }

  private static void checkEraseUnit(String name, Role role, long origin, long size, long unit) {
    if (role != Role.FLASH) {
      throw new IllegalArgumentException("eraseUnit is for memories of role flash, not " + name);
    }
    if (unit < 256 || Long.bitCount(unit) != 1 || (origin + size) % unit != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "eraseUnit %d of %s is not a power of two from 256 up that divides its end 0x%08x",
              unit,
              name,
              origin + size));
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
    return new Memory(name, role, address, size, arena, eraseUnit);
  }
}
