package org.hilbench.flash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;

/**
 * An image that was read, found whole and found to fit its board; only such a one reaches a flash
 * tool.
 *
 * @param elf the linked file
 * @param hex the same as Intel HEX
 * @param bin the same as raw bytes from {@code address}
 * @param address of its first byte
 * @param bytes from the first to the last that is written
 */
public record FlashImage(Path elf, Path hex, Path bin, long address, long bytes) {
  private static final byte ERASED = (byte) 0xff;

  /**
   * Reads and checks {@code elf} and writes its other forms into {@code folder}.
   *
   * @throws BenchException if it is missing, not for this core, does not lie within the board's
   *     flash, or does not begin with a vector table for it
   */
  public static FlashImage of(Path elf, BoardProfile board, Path folder) throws BenchException {
    try {
      byte[] file = Files.readAllBytes(elf);
      List<Segment> segments = LoadableSegments.segments(file);
      checkFits(segments, board);
      long start = segments.get(0).address();
      byte[] raw = flat(segments);
      checkVectors(raw, start, board);
      Files.createDirectories(folder);
      Path hex = Files.writeString(folder.resolve("image.hex"), IntelHex.of(segments));
      Path bin = Files.write(folder.resolve("image.bin"), raw);
      return new FlashImage(elf, hex, bin, start, raw.length);
    } catch (IllegalArgumentException e) {
      throw new BenchException(
          Stage.FLASH,
          BenchException.Kind.TRIAL,
          elf + " " + e.getMessage() + "; nothing was written to the board",
          e);
    } catch (IOException e) {
      throw new BenchException(
          Stage.FLASH,
          BenchException.Kind.ENVIRONMENT,
          "image " + elf + " cannot be read (" + e + "); nothing was written to the board",
          e);
    }
  }

  private static void checkFits(List<Segment> segments, BoardProfile board) {
    Memory flash = board.codeMemory();
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("holds nothing to flash");
    }
    for (Segment segment : segments) {
      if (segment.address() < flash.origin() || segment.end() > flash.end()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "has %d bytes at 0x%08x, outside %s's %s (0x%08x..0x%08x)",
                segment.bytes().length,
                segment.address(),
                board.id(),
                flash.name(),
                flash.origin(),
                flash.end()));
      }
    }
  }

  /** ARMv7-M and ARMv8-M: the first word is the stack, the second the reset handler, Thumb. */
  private static void checkVectors(byte[] raw, long start, BoardProfile board) {
    Memory flash = board.codeMemory();
    ByteBuffer words = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    if (start != flash.origin() || raw.length < 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "has no vector table at 0x%08x, where the core looks", flash.origin()));
    }
    long stack = Integer.toUnsignedLong(words.getInt(0));
    long reset = Integer.toUnsignedLong(words.getInt(4));
    boolean stackInRam =
        board.memories().stream()
            .anyMatch(
                memory ->
                    memory.role() == Memory.Role.RAM
                        && stack > memory.origin()
                        && stack <= memory.end());
    if (!stackInRam || (reset & 1) == 0 || reset < start || reset >= start + raw.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "begins with stack 0x%08x and reset handler 0x%08x, which are not %s's",
              stack,
              reset,
              board.id()));
    }
  }

  private static byte[] flat(List<Segment> segments) {
    long start = segments.get(0).address();
    long end = segments.stream().mapToLong(Segment::end).max().orElseThrow();
    byte[] raw = new byte[(int) (end - start)];
    Arrays.fill(raw, ERASED);
    for (Segment segment : segments) {
      byte[] bytes = segment.bytes();
      System.arraycopy(bytes, 0, raw, (int) (segment.address() - start), bytes.length);
    }
    return raw;
  }
}
