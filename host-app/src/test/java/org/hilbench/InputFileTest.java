package org.hilbench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.hilbench.exec.Command;
import org.hilbench.exec.ExecRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  private static final List<Function<Path, InputFile>> KINDS =
      List.of(InputFile::model, InputFile::tensor, InputFile::settings, InputFile::library);

  @TempDir private Path folder;

  @Test
  void aRegularFileIsReadWhole() throws Exception {
    Path file = Files.write(folder.resolve("a"), new byte[] {1, 2, 3});
    for (Function<Path, InputFile> kind : KINDS) {
      assertArrayEquals(new byte[] {1, 2, 3}, kind.apply(file).bytes());
    }
    assertTrue(InputFile.settings(Path.of("/proc/self/status")).text().contains("Pid:"));
  }

  @Test
  void whatNeverEndsIsRefusedUnread() throws Exception {
    Path pipe = folder.resolve("pipe");
    new ExecRunner().run(Command.of(List.of("mkfifo", pipe.toString())));
    for (Path path : List.of(Path.of("/dev/zero"), Path.of("/dev/tty"), pipe)) {
      assertTrue(refusal(path).contains("is a pipe or a device"), refusal(path));
    }
    assertTrue(refusal(folder).contains("is a folder, not a"), refusal(folder));
    assertTrue(refusal(folder.resolve("absent")).contains("there is no such file"));
  }

  @Test
  void aLargerFileThanItsKindCanBeIsRefusedUnread() throws Exception {
    Path large = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    assertTrue(refusal(large).contains("is larger than a"), refusal(large));
  }

  @Test
  void textOfAnotherEncodingIsNoText() throws Exception {
    Path file = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe4, 'b'});
    BenchException refusal =
        assertThrows(BenchException.class, () -> InputFile.settings(file).text());
    assertTrue(refusal.getMessage().contains("is not UTF-8"), refusal.getMessage());
  }

  private static String refusal(Path path) {
    String last = "";
    for (Function<Path, InputFile> kind : KINDS) {
      BenchException refusal =
          assertTimeoutPreemptively(
              Duration.ofSeconds(60),
              () -> assertThrows(BenchException.class, () -> kind.apply(path).bytes()));
      assertEquals(BenchException.Kind.USAGE, refusal.kind());
      assertTrue(refusal.getMessage().startsWith(path.toString()), refusal.getMessage());
      last = refusal.getMessage();
    }
    return last;
  }
}
