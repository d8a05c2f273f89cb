package org.hilbench.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.ShippedBoards;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlashImageTest {
  @TempDir Path folder;
  private BoardProfile board;

  @BeforeEach
  void load() throws BenchException {
    board = BoardProfiles.load(ShippedBoards.directory()).find("nucleo-f446re");
  }

  @Test
  void aFittingImageComesAsHexAndRawBytes() throws Exception {
    Path elf = TestElf.write(folder.resolve("fw.elf"), 0x08000000, 0x20020000, 70_000);
    FlashImage image = FlashImage.of(elf, board, folder.resolve("out"));
    byte[] file = Files.readAllBytes(elf);
    byte[] loaded = Arrays.copyOfRange(file, file.length - 70_000, file.length);
    assertArrayEquals(loaded, Files.readAllBytes(image.bin()));
    assertArrayEquals(loaded, HexReader.read(Files.readAllLines(image.hex()), 0x08000000, 70_000));
    assertEquals(0x08000000, image.address());
    assertEquals(70_000, image.bytes());
  }

  @Test
  void hexLinesFollowTheSpecification() {
    Segment segment = new Segment(0x0800fffeL, new byte[] {1, 2, 3, (byte) 0xff});
    assertEquals(
        ":020000040800F2\n:02FFFE000102FE\n:020000040801F1\n:0200000003FFFC\n:00000001FF\n",
        IntelHex.of(List.of(segment)).toUpperCase(java.util.Locale.ROOT));
  }

  @Test
  void anImageThatIsMissingIsNamed() {
    assertRefused(folder.resolve("none.elf"), "none.elf cannot be read");
  }

  @Test
  void anImageThatIsLargerThanTheFlashIsRefused() throws IOException {
    Path elf = TestElf.write(folder.resolve("fw.elf"), 0x08000000, 0x20020000, 512 * 1024 + 1);
    assertRefused(elf, "outside nucleo-f446re's FLASH (0x08000000..0x08080000)");
  }

  @Test
  void anImageForAnotherAddressIsRefused() throws IOException {
    Path elf = TestElf.write(folder.resolve("fw.elf"), 0x10000000, 0x20020000, 64);
    assertRefused(elf, "outside nucleo-f446re's FLASH");
    Path moved = TestElf.write(folder.resolve("fw.elf"), 0x08000400, 0x20020000, 64);
    assertRefused(moved, "no vector table at 0x08000000");
  }

  @Test
  void anImageWhoseStackIsNotInRamIsRefused() throws IOException {
    Path elf = TestElf.write(folder.resolve("fw.elf"), 0x08000000, 0x20020004, 64);
    assertRefused(elf, "begins with stack 0x20020004");
  }

  @Test
  void aFileCutAtAnyByteIsRefusedAndNeverFails() throws IOException {
    Path elf = TestElf.write(folder.resolve("fw.elf"), 0x08000000, 0x20020000, 64);
    byte[] whole = Files.readAllBytes(elf);
    for (int length = 0; length < whole.length; length++) {
      Files.write(elf, Arrays.copyOf(whole, length));
      assertRefused(elf, "nothing was written to the board");
    }
  }

  private void assertRefused(Path elf, String words) {
    BenchException refusal =
        assertThrows(BenchException.class, () -> FlashImage.of(elf, board, folder.resolve("out")));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(words), message);
    assertTrue(message.contains("nothing was written to the board"), message);
  }
}
