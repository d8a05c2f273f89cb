package org.hilbench.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.FlashTool;
import org.hilbench.board.ShippedBoards;
import org.hilbench.board.UsbId;
import org.hilbench.exec.Command;
import org.hilbench.exec.ExecRunner;
import org.hilbench.lab.Adoptions;
import org.hilbench.lab.Probe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every flash tool's class must do. Each runs against a stand-in program, started for real,
 * that prints what the tool prints.
 */
abstract class FlasherContract {
  static final Probe PROBE = new Probe(new UsbId(0x0483, 0x374b), "0669FF303430484257251234");
  static final Probe OTHER = new Probe(new UsbId(0x0483, 0x374b), "066CFF555185754867113322");

  @TempDir Path folder;
  BoardProfile board;
  private Path elf;

  /** The class under test, that calls {@code executable}. */
  abstract Flasher flasher(Path executable);

  abstract String boardId();

  /**
   * The argv of each command after the program, with ELF, HEX, BIN and DIR for the image's files.
   */
  abstract List<List<String>> argv();

  /** The tool's words and exit code for a run that worked. */
  abstract String success();

  /** The tool's words for failures; each must be among them: NO_PROBE. */
  abstract Map<Trouble, String> failures();

  @BeforeEach
  void prepare() throws BenchException, IOException {
    board = BoardProfiles.load(ShippedBoards.directory()).find(boardId());
    long stack = board.dataMemory().end();
    elf = TestElf.write(folder.resolve("fw.elf"), board.codeMemory().origin(), (int) stack, 1000);
  }

  @Test
  void theArgvIsExactlyThis() throws BenchException {
    FlashJob job = job();
    List<List<String>> actual =
        flasher(Path.of("TOOL")).commands(job).stream().map(Command::argv).toList();
    List<List<String>> expected = new ArrayList<>();
    for (List<String> words : argv()) {
      List<String> all = new ArrayList<>(List.of("TOOL"));
      words.forEach(word -> all.add(placed(word, job.image())));
      expected.add(all);
    }
    assertEquals(expected, actual);
    assertEquals(
        actual, flasher(Path.of("TOOL")).commands(job).stream().map(Command::argv).toList());
  }

  @Test
  void theImageIsWrittenAndNothingIsSaid() throws Exception {
    flashWith(success(), 0);
    assertTrue(Files.exists(folder.resolve("called")));
  }

  @Test
  void eachFailureIsToldAsWhatItMeans() throws Exception {
    assertTrue(failures().containsKey(Trouble.NO_PROBE));
    for (Map.Entry<Trouble, String> failure : failures().entrySet()) {
      FlashException told =
          assertThrows(FlashException.class, () -> flashWith(failure.getValue(), 1));
      assertEquals(failure.getKey(), told.trouble(), String.valueOf(told.getMessage()));
      assertTrue(String.valueOf(told.getMessage()).contains(boardId()), "names the board");
    }
  }

  @Test
  void aMissingProbeIsNamedBesideThoseThatAreThere() {
    FlashException told =
        assertThrows(
            FlashException.class,
            () -> flashWith(failures().getOrDefault(Trouble.NO_PROBE, ""), 1));
    String message = String.valueOf(told.getMessage());
    assertTrue(message.contains("no probe with serial " + PROBE.serial()), message);
    assertTrue(message.contains("attached: " + OTHER.serial()), message);
  }

  @Test
  void anImageThatDoesNotExistIsRefusedBeforeTheToolIsStarted() throws Exception {
    Files.delete(elf);
    assertThrows(BenchException.class, () -> flashWith(success(), 0));
    assertFalse(Files.exists(folder.resolve("called")));
  }

  @Test
  void anImageThatDoesNotFitIsRefusedBeforeTheToolIsStarted() throws Exception {
    int tooLarge = (int) board.codeMemory().size() + 4;
    TestElf.write(elf, board.codeMemory().origin(), (int) board.dataMemory().end(), tooLarge);
    assertThrows(BenchException.class, () -> flashWith(success(), 0));
    assertFalse(Files.exists(folder.resolve("called")));
  }

  @Test
  void aToolThatHangsIsEndedWithItsChildrenAndTheFlashCalledHalfWritten() throws Exception {
    Path child = folder.resolve("child");
    Path tool = script("sleep 300 & echo $! > '" + child + "'\nwait");
    // A busy machine may not have come as far as the child when the time is out.
    for (int millis = 500; !Files.exists(child) || Files.size(child) == 0; millis *= 2) {
      BoardFlasher flasher = flasherOf(tool, millis);
      FlashException told =
          assertThrows(
              FlashException.class, () -> flasher.flash(Adoptions.of(board, PROBE), elf, folder));
      assertEquals(Trouble.HALF_WRITTEN, told.trouble());
    }
    long pid = Long.parseLong(Files.readString(child).strip());
    assertTrue(endsWithin(pid, 60_000), "the tool's child " + pid + " outlived it");
  }

  void flashWith(String says, int exitCode) throws Exception {
    Path words = Files.writeString(folder.resolve("words"), says + "\n");
    Path tool =
        script("touch '" + folder.resolve("called") + "'\ncat '" + words + "'\nexit " + exitCode);
    flasherOf(tool, 20_000).flash(Adoptions.of(board, PROBE), elf, folder);
  }

  private BoardFlasher flasherOf(Path tool, int timeoutMillis) {
    return new BoardFlasher(
        new ExecRunner(),
        List.of(flasher(tool)),
        () -> List.of(OTHER),
        Duration.ofMillis(timeoutMillis));
  }

  FlashJob job() throws BenchException {
    FlashTool.Program program = flasher(Path.of("TOOL")).program();
    Optional<FlashTool> tool =
        board.flash().stream().filter(candidate -> candidate.tool() == program).findFirst();
    return new FlashJob(board, tool.orElseThrow(), FlashImage.of(elf, board, folder), PROBE);
  }

  private Path script(String body) throws IOException {
    Path script = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n" + body + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  private String placed(String word, FlashImage image) {
    return word.replace("ELF", image.elf().toString())
        .replace("HEX", image.hex().toString())
        .replace("BIN", image.bin().toString())
        .replace("DIR", folder.toString());
  }

  private static boolean endsWithin(long pid, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < deadline) {
      if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }
}
