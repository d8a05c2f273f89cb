package org.hilbench.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hilbench.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardProfilesTest {
  @TempDir Path directory;

  /** Each line of a good profile, broken in one place, and what the message must say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "id: test-board | id: other | id 'other' differs from the folder's name",
        "part: X1 | prat: X1 | prat is unknown; known: core, cycleModel, flash, id, memories",
        "tx: PA2 | txpin: PA2 | uart.txpin is unknown; known: address, bauds, peripheral, rx, tx",
        "core: cortex-m4f | core: cortex-m5 | core 'cortex-m5' is unknown; known: cortex-m33f,"
            + " cortex-m4f",
        "tool: openocd | tool: opnocd | flash[0].tool 'opnocd' is unknown; known: copy, jlink",
        "config: board.cfg | cnfig: board.cfg | options are {cnfig=board.cfg}, but this tool takes"
            + " exactly [config]",
        "size: 640 KiB | size: 640 kB | write a size as '640 KiB'",
        "size: 640 KiB | size: 12 | smaller than 1 KiB",
        "origin: 0x20000000 | origin: 0x08000000 | memories: RAM and FLASH overlap",
        "arena: true | arena: false | none has arena: true",
        "role: ram | role: rma | memories[1].role 'rma' is unknown; known: code, flash, ram",
        "clockHz: 120000000 | clockHz: 120 | clockHz 120 is not within 100 kHz..2 GHz",
        "clockHz: 120000000 | clockHz: fast | operatingPoints[0].clockHz",
        "flashWaitStates: 5, | '' | operatingPoints[0].flashWaitStates is missing",
        "cyclesPerInstruction: 1.5 | cyclesPerInstruction: 0 | cyclesPerInstruction 0.0",
        "source: measured} | source: measured, kernels: {hilbnch: {}}} | cycleModel.kernels.hilbnch"
            + " is unknown; known: hilbench, reference",
        "source: measured} | 'source: x, kernels: {hilbench: {cyclesPerInstruction: 9,"
            + " relativeError: 0.1}}}' | cycleModel.kernels.hilbench.source is missing",
        "source: measured} | 'source: x, kernels: {hilbench: {cyclesPerInstruction: 99,"
            + " relativeError: 0.1, source: y}}}' | cyclesPerInstruction 99.0",
        "source: measured} | 'source: x, kernels: {hilbench: {cyclesPerInstruction: 2,"
            + " relativeError: 0.5, source: y}}}' | 0.15 of kernels that are not known is narrower",
        "tx: PA2 | tx: A2 | tx 'A2' is not a pin",
        "usb: ['0483:374b'] | usb: [0483] | usb[0]",
        "machine: mps2-an386 | machine: '' | machine is empty",
        "bauds: [115200] | bauds: [] | bauds is empty",
        "part: X1 | part: } | not YAML",
        "name: Board | 'id: test-board' | Duplicate field 'id'",
      })
  void aBrokenProfileIsRefusedWithFileAndKey(String good, String bad, String message)
      throws IOException {
    write("test-board", GOOD.replace(good, bad == null ? "" : bad));
    BenchException refusal =
        assertThrows(BenchException.class, () -> BoardProfiles.load(directory));
    assertEquals(BenchException.Kind.USAGE, refusal.kind());
    assertTrue(message(refusal).startsWith("board.yaml (test-board): "), message(refusal));
    assertTrue(message(refusal).contains(message), message(refusal));
    assertEquals(1, message(refusal).lines().count(), message(refusal));
  }

  @Test
  void aGoodProfileSaysWhatItsFileSays() throws IOException, BenchException {
    write("test-board", GOOD);
    BoardProfile board = BoardProfiles.load(directory).find("test-board");
    assertEquals(640 * 1024, board.dataMemory().size());
    assertEquals(0x08000000L, board.codeMemory().origin());
    assertEquals("120mhz", board.defaultOperatingPoint().name());
    assertEquals(new UsbId(0x0483, 0x374b), board.usb().get(0));
    assertEquals("board.cfg", board.flash().get(0).option("config"));
  }

  @Test
  void anUnknownBoardIsAnsweredWithTheKnownOnes() throws IOException, BenchException {
    write("test-board", GOOD);
    BoardProfiles profiles = BoardProfiles.load(directory);
    BenchException refusal = assertThrows(BenchException.class, () -> profiles.find("nuclea"));
    assertEquals("board 'nuclea' is unknown; known: test-board", message(refusal));
    assertEquals(BenchException.Kind.USAGE, refusal.kind());
  }

  @Test
  void aStandInTakesTheMachinesAddressesAndTheBoardsSizes() throws IOException, BenchException {
    write("test-board", GOOD);
    write(
        "small",
        small().replace("engine: qemu, machine: x", "engine: qemu, machine: x, board: test-board"));
    BoardProfiles profiles = BoardProfiles.load(directory);
    BoardProfile small = profiles.find("small");
    BoardProfile standIn = profiles.runnable(small, small.simulators().get(0));
    assertEquals("small", standIn.id());
    assertEquals(0x08000000L, standIn.codeMemory().origin());
    assertEquals(64 * 1024, standIn.codeMemory().size());
    assertEquals(0x20000000L, standIn.memories().get(1).origin());
    assertEquals(0x20002000L, standIn.memories().get(2).origin());
    assertEquals(4 * 1024, standIn.memories().get(2).size());
  }

  @ParameterizedTest
  @CsvSource({
    "core: cortex-m4f, core: cortex-m33f, a cortex-m4 and cannot stand in for small",
    "size: 8 KiB, size: 1 MiB, small's RAM ends behind the machine's RAM",
    "board: test-board, board: nobody, board 'nobody' is unknown",
  })
  void aStandInThatCannotBeIsRefusedOnLoading(String good, String bad, String message)
      throws IOException {
    write("test-board", GOOD);
    write(
        "small",
        small()
            .replace("engine: qemu, machine: x", "engine: qemu, machine: x, board: test-board")
            .replace(good, bad));
    BenchException refusal =
        assertThrows(BenchException.class, () -> BoardProfiles.load(directory));
    assertTrue(message(refusal).startsWith("board.yaml (small): simulators: "), message(refusal));
    assertTrue(message(refusal).contains(message), message(refusal));
  }

  @Test
  void aFolderWithoutProfilesSaysWhereToLook() {
    Path missing = directory.resolve("none");
    BenchException refusal = assertThrows(BenchException.class, () -> BoardProfiles.load(missing));
    assertTrue(message(refusal).contains("HILBENCH_BOARDS"), message(refusal));
    assertThrows(BenchException.class, () -> BoardProfiles.load(directory));
  }

  @Test
  void theEnvironmentNamesAnotherFolder() {
    assertEquals(
        Path.of("/repo/board-profiles"), BoardProfiles.directory(Path.of("/repo"), Map.of()));
    assertEquals(
        Path.of("/mine"),
        BoardProfiles.directory(Path.of("/repo"), Map.of("HILBENCH_BOARDS", "/mine")));
  }

  private static String message(Exception refusal) {
    return String.valueOf(refusal.getMessage());
  }

  private void write(String id, String yaml) throws IOException {
    Path file = directory.resolve(id).resolve("board.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, yaml);
  }

  private static String small() {
    return GOOD.replace("id: test-board", "id: small")
        .replace("size: 2 MiB", "size: 64 KiB")
        .replace("size: 640 KiB", "size: 8 KiB")
        .replace(
            "operatingPoints:",
            "  - {name: RAM2, role: ram, origin: 0x10000000, size: 4 KiB, arena: true}\n"
                + "operatingPoints:")
        .replace("machine: mps2-an386", "machine: x");
  }

  private static final String GOOD =
      """
      id: test-board
      name: Board
      part: X1
      core: cortex-m4f
      target: stm32l4
      memories:
        - {name: FLASH, role: flash, origin: 0x08000000, size: 2 MiB, arena: false}
        - {name: RAM, role: ram, origin: 0x20000000, size: 640 KiB, arena: true}
      operatingPoints:
        - {name: 120mhz, clockHz: 120000000, flashWaitStates: 5, source: "RM, table 1"}
      uart: {peripheral: LPUART1, address: 0x40008000, tx: PA2, rx: PA3, bauds: [115200]}
      timeSource: {counter: dwt}
      usb: ['0483:374b']
      flash:
        - {tool: openocd, options: {config: board.cfg}}
      simulators:
        - {engine: qemu, machine: mps2-an386}
      cycleModel: {cyclesPerInstruction: 1.5, relativeError: 0.15, source: measured}
      sources: ["RM"]
      """;
}
