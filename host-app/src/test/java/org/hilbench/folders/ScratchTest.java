package org.hilbench.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ScratchTest {
  @TempDir private Path parent;

  @Test
  void itIsGoneWithItsLockAfterItsEnd() throws Exception {
    Scratch scratch = Scratch.open(parent);
    assertTrue(scratch.alone());
    Files.writeString(Files.createDirectory(scratch.folder().resolve("sub")).resolve("f"), "x");
    scratch.remove();
    assertEquals(1, count(), "the gate alone");
  }

  @Test
  void whatAKilledProcessLeftIsSweptAndWhatALivingOneUsesIsNot() throws Exception {
    Process other = start();
    Path theirs = Path.of(other.inputReader().readLine());
    Scratch beside = Scratch.open(parent);
    assertFalse(beside.alone());
    assertTrue(Files.exists(theirs.resolve("a file")));

    other.destroyForcibly();
    assertTrue(other.waitFor(60, TimeUnit.SECONDS));
    assertTrue(Files.exists(theirs), "nobody could remove it");
    Scratch next = Scratch.open(parent);
    assertFalse(Files.exists(theirs));
    assertTrue(Files.exists(beside.folder()), "this process lives");
    beside.remove();
    next.remove();
    assertEquals(1, count(), "the gate alone");
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private long count() throws Exception {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.count();
    }
  }

  /** A process that has a scratch folder until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      Scratch scratch = Scratch.open(Path.of(args[0]));
      Files.writeString(scratch.folder().resolve("a file"), "x");
      System.out.println(scratch.folder());
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
