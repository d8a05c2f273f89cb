package org.hilbench.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.hilbench.BenchException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ExecRunnerTest {
  private final ExecRunner runner = new ExecRunner();

  @Test
  void keepsBothStreamsAndTheExitCode() throws Exception {
    CommandResult result = runner.run(Command.of("sh", "-c", "echo out; echo err >&2; exit 7"));
    assertEquals(7, result.exitCode());
    assertEquals("out\n", result.stdout());
    assertEquals("err\n", result.stderr());
    assertFalse(result.ok());
  }

  @Test
  void passesArgumentsWithSpacesAndQuotesAsTheyAre() throws Exception {
    CommandResult result = runner.run(Command.of("printf", "%s|", "a b", "\"q\"", "$HOME", ""));
    assertEquals("a b|\"q\"|$HOME||", result.stdout());
  }

  @Test
  void namesAProgramThatIsMissing() {
    BenchException e =
        assertThrows(BenchException.class, () -> runner.run(Command.of("no-such-program-x")));
    assertEquals(BenchException.Kind.ENVIRONMENT, e.kind());
    assertTrue(e.getMessage().contains("'no-such-program-x'"), e.getMessage());
  }

  @Test
  void killsGrandchildrenAtTheTimeOut(@TempDir Path folder) throws Exception {
    Path pid = folder.resolve("pid");
    // A busy machine may not have come as far as the grandchild when the time is out.
    for (Duration limit = Duration.ofSeconds(1);
        !Files.exists(pid) || Files.size(pid) == 0;
        limit = limit.multipliedBy(2)) {
      Command command =
          Command.of(
                  "sh", "-c", "(echo $BASHPID; sh -c 'echo $$ > \"$0\"; sleep 60' " + pid + "); :")
              .withTimeout(limit);
      assertThrows(BenchException.class, () -> runner.run(command));
    }
    assertGone(Long.parseLong(Files.readString(pid).strip()));
  }

  @Test
  void anInterruptEndsTheProgram(@TempDir Path folder) throws Exception {
    Path pid = folder.resolve("pid");
    Thread caller =
        new Thread(
            () ->
                assertThrows(
                    BenchException.class,
                    () ->
                        runner.run(Command.of("sh", "-c", "echo $$ > " + pid + "; sleep 60; :"))));
    caller.start();
    long child = awaitPid(pid);
    caller.interrupt();
    caller.join(60_000);
    assertFalse(caller.isAlive());
    assertGone(child);
  }

  /** It is for whoever sends it a signal. */
  @Test
  void aStartedProgramHasItsProcessIdAtOnce() throws Exception {
    for (int start = 0; start < 200; start++) {
      try (RunningCommand running = runner.start(Command.of("sh", "-c", "echo $$; read line"))) {
        long pid = running.pid();
        byte[] told = new byte[20];
        int count = running.stdout().read(told);
        assertEquals(pid + "\n", new String(told, 0, count, StandardCharsets.US_ASCII));
      }
    }
  }

  @Test
  void talksWithARunningProgram() throws Exception {
    try (RunningCommand cat = runner.start(Command.of("cat"))) {
      cat.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
      cat.stdin().flush();
      assertEquals("hello\n", new String(cat.stdout().readNBytes(6), StandardCharsets.UTF_8));
      assertTrue(cat.alive());
    }
  }

  @Test
  void aProgramDiesWithAKilledParent(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(runner.find("setpriv").isPresent(), "absent: setpriv (util-linux)");
    Path pid = folder.resolve("pid");
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                ChildOfATest.class.getName(),
                pid.toString())
            .inheritIO()
            .start();
    long grandchild = awaitPid(pid);
    parent.destroyForcibly();
    assertTrue(parent.waitFor(60, TimeUnit.SECONDS));
    assertGone(grandchild);
  }

  /** A process whose only purpose is to be killed while its program runs. */
  static final class ChildOfATest {
    private ChildOfATest() {}

    public static void main(String[] args) throws Exception {
      new ExecRunner().run(Command.of("sh", "-c", "echo $$ > " + args[0] + "; exec sleep 60"));
    }
  }

  private static long awaitPid(Path file) throws Exception {
    for (int i = 0; i < 12000; i++) {
      if (Files.exists(file) && Files.readString(file).endsWith("\n")) {
        return Long.parseLong(Files.readString(file).strip());
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no pid in " + file);
  }

  private static void assertGone(long pid) throws Exception {
    for (int i = 0; i < 6000; i++) {
      if (ProcessHandle.of(pid).isEmpty() || zombie(pid)) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("process " + pid + " is still alive");
  }

  /** A killed orphan stays a zombie where the container's first process does not reap. */
  private static boolean zombie(long pid) throws Exception {
    Path status = Path.of("/proc", Long.toString(pid), "stat");
    return !Files.exists(status) || Files.readString(status).contains(") Z ");
  }
}
