package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hilbench.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
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
}
