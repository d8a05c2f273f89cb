package org.hilbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hilbench.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final Home HOME = new Home(Path.of("/opt/my hilbench"), Path.of("/cache"));

  @TempDir Path folder;

  @Test
  void whatIsResumedHasToBeThere() throws Exception {
    Path misspelt = folder.resolve("typo");
    refused(misspelt + " does not exist", misspelt);
    assertFalse(Files.exists(misspelt));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(empty + " holds no search", empty);
    Path file = Files.createFile(folder.resolve("file"));
    refused(file + " holds no search", file);
    Path begun = Files.createDirectory(folder.resolve("begun"));
    Files.createFile(begun.resolve("experiment.db"));
    assertEquals(new RunFolder(begun), RunFolder.choose(begun, true));
  }

  private static void refused(String said, Path out) {
    BenchException e = assertThrows(BenchException.class, () -> RunFolder.choose(out, true));
    assertEquals(BenchException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains("--resume: " + said), e.getMessage());
  }

  @Test
  void aSearchThatBeginsMayNameAFolderThatIsNotThere() throws Exception {
    Path fresh = folder.resolve("new");
    assertEquals(new RunFolder(fresh), RunFolder.choose(fresh, false));
  }

  @Test
  void theCommandThatGoesOnIsWhatWasGivenWithThisFolder() {
    RunFolder run = new RunFolder(Path.of("/tmp/it's mine"));
    assertEquals(
        "'/opt/my hilbench/hilbench' search --no-final --constraint 'latency < 50 ms'"
            + " --reuse 'old one' --json --resume --out '/tmp/it'\\''s mine'",
        run.goOn(
            HOME,
            List.of(
                "search",
                "--resume",
                "--no-final",
                "--out",
                "x",
                "--constraint",
                "latency < 50 ms",
                "--out=y",
                "--reuse",
                "old one",
                "--json")));
  }
}
