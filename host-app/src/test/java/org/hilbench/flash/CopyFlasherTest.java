package org.hilbench.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.ShippedBoards;
import org.hilbench.exec.ExecRunner;
import org.hilbench.lab.Adoptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With cp itself, onto folders that a table of mounts calls drives. */
class CopyFlasherTest {
  @TempDir Path folder;
  private BoardProfile board;
  private Path elf;
  private Path drive;

  @BeforeEach
  void prepare() throws Exception {
    board = BoardProfiles.load(ShippedBoards.directory()).find("nucleo-f446re");
    elf = TestElf.write(folder.resolve("fw.elf"), 0x08000000, 0x20020000, 1000);
    drive = Files.createDirectories(folder.resolve("media/NODE_F446RE"));
  }

  @Test
  void theImageIsCopiedToTheDriveOfThatLabel() throws Exception {
    mounted(drive);
    flash();
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("image.bin")),
        Files.readAllBytes(drive.resolve("image.bin")));
  }

  @Test
  void withoutADriveNothingIsCopied() throws Exception {
    mounted();
    assertEquals(Trouble.NO_PROBE, failure());
  }

  @Test
  void twoDrivesOfOneLabelAreNotGuessedBetween() throws Exception {
    mounted(drive, Files.createDirectories(folder.resolve("other/NODE_F446RE")));
    assertEquals(Trouble.NO_PROBE, failure());
  }

  @Test
  void aProbeThatComplainsOnItsDriveIsBelieved() throws Exception {
    mounted(drive);
    Files.writeString(drive.resolve("FAIL.TXT"), "The target was not found");
    assertEquals(Trouble.UNKNOWN, failure());
  }

  private Trouble failure() {
    return assertThrows(FlashException.class, this::flash).trouble();
  }

  private void flash() throws BenchException {
    CopyFlasher flasher = new CopyFlasher(new Drives(folder.resolve("mounts")));
    new BoardFlasher(new ExecRunner(), List.of(flasher), List::of, Duration.ofSeconds(20))
        .flash(Adoptions.of(board, FlasherContract.PROBE), elf, folder);
  }

  private void mounted(Path... drives) throws Exception {
    StringBuilder table = new StringBuilder("proc /proc proc rw 0 0\n");
    for (Path mount : drives) {
      table.append("/dev/sdx ").append(mount).append(" vfat rw 0 0\n");
    }
    Files.writeString(folder.resolve("mounts"), table);
  }
}
