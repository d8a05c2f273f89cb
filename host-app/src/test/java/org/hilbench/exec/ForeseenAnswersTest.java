package org.hilbench.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hilbench.BenchException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ForeseenAnswersTest {
  private final ForeseenAnswers runner = new ForeseenAnswers(new ExecRunner());
  private Command counted;

  /** A program that says how often it was started. */
  @BeforeEach
  void plant(@TempDir Path folder) {
    Path starts = folder.resolve("starts");
    counted = Command.of("sh", "-c", "echo x >> " + starts + "; wc -l < " + starts);
  }

  @Test
  void whatWasForeseenIsAnsweredOnceAndRunAnewAfterThat() throws Exception {
    runner.foresee(List.of(counted));
    assertEquals("1", said());
    assertEquals("2", said());
  }

  @Test
  void whatNobodyForesawRunsWhenItIsAsked() throws Exception {
    assertEquals("1", said());
  }

  @Test
  void whoAsksWhileItRunsWaitsForThatRun(@TempDir Path folder) throws Exception {
    Path begun = folder.resolve("begun");
    Path go = folder.resolve("go");
    String waits = "touch " + begun + "; while [ ! -e " + go + " ]; do sleep 0.01; done; ";
    Command slow = Command.of("sh", "-c", waits + counted.argv().get(2));
    Thread ahead = new Thread(() -> runner.foresee(List.of(slow)));
    ahead.start();
    while (!Files.exists(begun)) {
      Thread.sleep(5);
    }
    Thread lets = new Thread(() -> create(go));
    lets.start();
    assertEquals("1", runner.run(slow).stdout().strip());
    ahead.join();
    lets.join();
    assertEquals("2", said(), "once, by whom ever");
  }

  private static void create(Path file) {
    try {
      Thread.sleep(100); // so that the other one asks before
      Files.createFile(file);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatCannotBeStartedIsRefusedToTheOneWhoAsks() {
    Command absent = Command.of("no-such-program-here");
    runner.foresee(List.of(absent));
    assertThrows(BenchException.class, () -> runner.run(absent));
  }

  @Test
  void anInterruptedThreadIsToldSo() throws Exception {
    runner.foresee(List.of(counted));
    Thread.currentThread().interrupt();
    assertThrows(BenchException.class, () -> runner.run(Command.of("sleep", "50")));
    assertEquals(true, Thread.interrupted());
    assertEquals("1", said());
  }

  private String said() throws BenchException {
    return runner.run(counted).stdout().strip();
  }
}
