package org.hilbench.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a fault handler saw, or what a boot was at that the watchdog ended. Registers as in the
 * Armv7-M Architecture Reference Manual, B3.2.
 *
 * @param phase what the firmware was doing: {@code model}, {@code run}, ...
 * @param op operator that was being carried out, where one was
 * @param pc address of the instruction; 0 where the handler could not read the stack
 * @param bfar address of a precise bus fault
 * @param mmfar address of a memory-management fault
 */
public record FaultReport(
    String phase,
    OptionalInt op,
    long pc,
    long lr,
    long cfsr,
    long hfsr,
    OptionalLong bfar,
    OptionalLong mmfar,
    String text) {
  private static final String[] CFSR_BITS = {
    "IACCVIOL", "DACCVIOL", "", "MUNSTKERR", "MSTKERR", "MLSPERR", "", "", //
    "IBUSERR", "PRECISERR", "IMPRECISERR", "UNSTKERR", "STKERR", "LSPERR", "", "", //
    "UNDEFINSTR", "INVSTATE", "INVPC", "NOCP", "STKOF", "", "", "", //
    "UNALIGNED", "DIVBYZERO"
  };

  static final String BY_WATCHDOG = "watchdog";

  public FaultReport {
    Objects.requireNonNull(phase);
    Objects.requireNonNull(op);
    Objects.requireNonNull(bfar);
    Objects.requireNonNull(mmfar);
    Objects.requireNonNull(text);
  }

  /** Whether it was no fault but a reset: something took longer than the watchdog allows. */
  public boolean byWatchdog() {
    return text.equals(BY_WATCHDOG) && pc == 0 && cfsr == 0;
  }

  /** Names of the bits set in CFSR. */
  public List<String> causes() {
    List<String> causes = new ArrayList<>();
    for (int bit = 0; bit < CFSR_BITS.length; bit++) {
      if ((cfsr >>> bit & 1) != 0 && !CFSR_BITS[bit].isEmpty()) {
        causes.add(CFSR_BITS[bit]);
      }
    }
    return causes;
  }

  /** One line. */
  public String describe() {
    StringBuilder line = new StringBuilder();
    line.append(byWatchdog() ? "the watchdog reset the board" : "the processor faulted");
    line.append(causes().isEmpty() ? "" : " (" + String.join(", ", causes()) + ")");
    line.append(" in phase '").append(phase).append('\'');
    op.ifPresent(index -> line.append(" at operator ").append(index));
    if (byWatchdog()) {
      return line.toString();
    }
    line.append(String.format(Locale.ROOT, "; PC 0x%08x, LR 0x%08x", pc, lr));
    line.append(String.format(Locale.ROOT, ", CFSR 0x%08x, HFSR 0x%08x", cfsr, hfsr));
    bfar.ifPresent(address -> line.append(String.format(Locale.ROOT, ", BFAR 0x%08x", address)));
    mmfar.ifPresent(address -> line.append(String.format(Locale.ROOT, ", MMFAR 0x%08x", address)));
    line.append(text.isBlank() ? "" : "; the firmware said: " + text.strip());
    return line.toString();
  }
}
