package org.hilbench.device;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;
import org.hilbench.board.Simulator;

/**
 * A platform of Renode's, corrected to one board: the sizes of its memories, the cycle counter that
 * Renode's own files leave out, and one instruction a cycle of it.
 *
 * @param platform Renode's file of it
 * @param uart Renode's name of the serial port that the bench talks over
 * @param mips millions of instructions a second of simulated time
 * @param memoryBytes true sizes, by Renode's name of the memory
 */
public record RenodePlatform(
    String platform, String uart, long mips, Map<String, Long> memoryBytes) {
  private static final long MILLION = 1_000_000;

  public RenodePlatform {
    memoryBytes = Map.copyOf(memoryBytes);
    if (mips < 1) {
      throw new IllegalArgumentException(mips + " million instructions a second");
    }
  }

  /**
   * The board at its default operating point.
   *
   * @throws IllegalArgumentException if the profile does not name its serial port on Renode
   */
  public static RenodePlatform of(BoardProfile board, Simulator simulator) {
    String uart =
        simulator
            .uart()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the profile of "
                            + board.id()
                            + " names no uart of Renode's "
                            + simulator.machine()
                            + "; state it as uart: sysbus.NAME"));
    Map<String, Long> sizes = new TreeMap<>();
    simulator
        .memories()
        .orElse(Map.of())
        .forEach((renodes, ours) -> sizes.put(renodes, memory(board, ours).size()));
    long mips = Math.max(1, board.defaultOperatingPoint().clockHz() / MILLION);
    return new RenodePlatform(simulator.machine(), uart, mips, sizes);
  }

  private static Memory memory(BoardProfile board, String name) {
    return board.memories().stream()
        .filter(memory -> memory.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(board.id() + " has no memory " + name));
  }

  /** The platform file that corrects Renode's. */
  String overlay() {
    long hertz = mips * MILLION;
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
            using "%s"

            nvic:
                systickFrequency: %d

            cpu:
                PerformanceInMips: %d

            dwt: Miscellaneous.DWT @ sysbus 0xE0001000
                frequency: %d
            """,
                platform,
                hertz,
                mips,
                hertz));
    new TreeMap<>(memoryBytes)
        .forEach(
            (name, size) ->
                text.append(String.format(Locale.ROOT, "%n%s:%n    size: 0x%X%n", name, size)));
    return text.toString();
  }

  /** The script that loads the image, offers the serial port as raw bytes on a socket, and runs. */
  String script(RenodeFiles files, Path elf, int port) {
    return String.format(
        Locale.ROOT,
        """
        using sysbus
        mach create "board"
        logFile %s true
        machine LoadPlatformDescription %s
        emulation SetGlobalQuantum "0.0001"
        emulation SetGlobalSerialExecution true
        emulation SetGlobalAdvanceImmediately true
        emulation SetSeed 1
        sysbus LoadELF %s
        emulation CreateServerSocketTerminal %d "line" false
        connector Connect %s line
        start
        """,
        path(files.log()),
        path(files.platform()),
        path(elf),
        port,
        uart);
  }

  /** As its Monitor reads a path: quotes are no help there. */
  private static String path(Path file) {
    return "@" + file.toAbsolutePath().toString().replace(" ", "\\ ");
  }
}
