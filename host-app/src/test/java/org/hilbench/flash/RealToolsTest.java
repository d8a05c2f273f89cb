package org.hilbench.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.FlashTool;
import org.hilbench.board.ShippedBoards;
import org.hilbench.exec.ExecRunner;
import org.hilbench.lab.Adoptions;
import org.hilbench.lab.Probe;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tools themselves, where they are installed, take our argv and say that the probe is missing:
 * the serial number is one that no probe has.
 */
class RealToolsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "OPENOCD, nucleo-l4r5zi",
    "OPENOCD, nucleo-f446re",
    "OPENOCD, nucleo-f746zg",
    "OPENOCD, nucleo-h743zi2",
    "OPENOCD, nucleo-u575zi-q",
    "OPENOCD, stm32f4-discovery",
    "OPENOCD, b-l475e-iot01a",
    "OPENOCD, nrf52840dk",
    "OPENOCD, arduino-nano-33-ble",
    "ST_FLASH, nucleo-l4r5zi",
    "PYOCD, nrf52840dk",
    "PYOCD, nucleo-l4r5zi",
    "PROBE_RS, nucleo-l4r5zi",
    "PROBE_RS, nrf52840dk",
  })
  void theRealToolTakesTheArgvAndMissesTheProbe(FlashTool.Program program, String id)
      throws Exception {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(
        runner.find(program.executable()).isPresent(),
        program.executable() + " is not installed: its argv was not parsed by itself");
    BoardProfile board = BoardProfiles.load(ShippedBoards.directory()).find(id);
    Path elf =
        TestElf.write(
            folder.resolve("fw.elf"),
            board.codeMemory().origin(),
            (int) board.dataMemory().end(),
            4096);
    List<Flasher> only =
        Flashers.installed().stream().filter(flasher -> flasher.program() == program).toList();
    BoardFlasher flasher = new BoardFlasher(runner, only, List::of, Duration.ofSeconds(60));
    Probe absent = new Probe(board.usb().get(0), "000000000001");
    FlashException told =
        assertThrows(
            FlashException.class, () -> flasher.flash(Adoptions.of(board, absent), elf, folder));
    String message = String.valueOf(told.getMessage());
    assertEquals(Trouble.NO_PROBE, told.trouble(), message);
    assertFalse(message.contains("usage:"), message);
  }
}
