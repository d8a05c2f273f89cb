package org.hilbench.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.RunningCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class WorkerPoolTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private final WorkerPool pool = open(1);

  private static WorkerPool open(int workers) {
    return WorkerPool.open(new ExecRunner(), WorkerOptions.of(workers));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  /** Answers with what it was sent, after noise on both standard streams and progress. */
  public static final class Echo implements WorkerHandler {
    @Override
    public byte[] handle(byte[] request, Progress progress) {
      for (int i = 0; i < 20_000; i++) {
        System.out.println("noise on standard output that must not corrupt a frame");
      }
      System.err.println("noise on standard error");
      progress.at(3, 3);
      return request;
    }
  }

  /** Reports progress once; then never comes back, unless the request says something. */
  public static final class Hang implements WorkerHandler {
    @Override
    public byte[] handle(byte[] request, Progress progress) throws Exception {
      progress.at(1, 2);
      if (request.length == 0) {
        new CountDownLatch(1).await();
      }
      return request;
    }
  }

  /** Hangs until the folder that it is named is empty, of which it takes one file each time. */
  public static final class HangWhile implements WorkerHandler {
    @Override
    public byte[] handle(byte[] request, Progress progress) throws Exception {
      String[] left = new File(new String(request, StandardCharsets.UTF_8)).list();
      if (left != null && left.length > 0) {
        Files.delete(Path.of(new String(request, StandardCharsets.UTF_8), left[0]));
        progress.at(1, 2);
        new CountDownLatch(1).await();
      }
      return request;
    }
  }

  /** Ends the process, as a native crash does, where the request is empty. */
  public static final class Crash implements WorkerHandler {
    @Override
    public byte[] handle(byte[] request, Progress progress) {
      if (request.length == 0) {
        System.err.println("last words");
        Runtime.getRuntime().halt(42);
      }
      return request;
    }
  }

  /** Goes well but for the file that it is named, which it removes and crashes. */
  public static final class CrashWhile implements WorkerHandler {
    @Override
    public byte[] handle(byte[] request, Progress progress) throws Exception {
      if (Files.deleteIfExists(Path.of(new String(request, StandardCharsets.UTF_8)))) {
        Runtime.getRuntime().halt(134);
      }
      return request;
    }
  }

  /** Fails in an orderly way, or with a bug. */
  public static final class Refuse implements WorkerHandler {
    @Override
    public byte[] handle(byte[] request, Progress progress) throws BenchException {
      if (request.length == 0) {
        throw new IllegalStateException("a bug");
      }
      if (request.length == 2) {
        return request;
      }
      throw new BenchException(Stage.DATA, BenchException.Kind.USAGE, "no such folder");
    }
  }

  private static WorkerRequest request(
      Class<? extends WorkerHandler> handler, byte[] payload, Duration deadline) {
    return new WorkerRequest(handler, payload, Stage.TRAIN, "trial 7: training", deadline);
  }

  private byte[] echo(byte[] bytes) throws BenchException {
    return pool.submit(request(Echo.class, bytes, LONG), Progress.NONE).await();
  }

  private BenchException failure(Class<? extends WorkerHandler> handler, Duration deadline) {
    Pending<byte[]> pending = pool.submit(request(handler, new byte[0], deadline), Progress.NONE);
    return assertThrows(BenchException.class, pending::await);
  }

  @Test
  void anAnswerComesBackWholeWhateverIsPrinted() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new java.util.Random(1).nextBytes(bytes);
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());
    byte[] answer =
        pool.submit(request(Echo.class, bytes, LONG), (done, total) -> heard.add(done)).await();
    assertArrayEquals(bytes, answer);
    assertEquals(List.of(3L), heard);
  }

  /** Kills the worker whenever it says that it is at the task. */
  private final Progress killer =
      (done, total) -> ProcessHandle.of(pool.processIds().get(0)).orElseThrow().destroyForcibly();

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aTaskWhoseWorkerIsKilledIsDoneAgain(int kills, @TempDir Path folder) throws Exception {
    for (int i = 0; i < kills; i++) {
      Files.createFile(folder.resolve("kill " + i));
    }
    byte[] path = folder.toString().getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(path, pool.submit(request(HangWhile.class, path, LONG), killer).await());
  }

  /** Even where other tasks of its kind go well. */
  @Test
  void aWorkerThatIsKilledAgainAndAgainIsTheMachinesFailureAndTheQueueGoesOn() throws Exception {
    pool.submit(request(Hang.class, new byte[1], LONG), Progress.NONE).await();
    Pending<byte[]> pending = pool.submit(request(Hang.class, new byte[0], LONG), killer);
    BenchException failure = assertThrows(BenchException.class, pending::await);
    assertEquals(BenchException.Kind.PASSING, failure.kind());
    assertEquals(Stage.TRAIN, failure.stage());
    assertTrue(failure.getMessage().contains("trial 7: training failed"), failure.getMessage());
    assertTrue(failure.getMessage().contains("killed by SIGKILL"), failure.getMessage());
    assertArrayEquals(new byte[] {1}, echo(new byte[] {1}));
  }

  @Test
  void aCrashBeforeAnythingWentWellIsTheMachinesFailureWithExitCodeAndLastWords() throws Exception {
    BenchException failure = failure(Crash.class, LONG);
    assertEquals(BenchException.Kind.PASSING, failure.kind());
    assertTrue(failure.getMessage().contains("exit code 42"), failure.getMessage());
    assertTrue(failure.getMessage().contains("last words"), failure.getMessage());
    assertArrayEquals(new byte[] {2}, echo(new byte[] {2}));
  }

  @Test
  void aTaskThatCrashesWhileAnotherOfItsKindGoesWellHasFailed() throws Exception {
    pool.submit(request(Crash.class, new byte[] {1}, LONG), Progress.NONE).await();
    BenchException failure = failure(Crash.class, LONG);
    assertEquals(BenchException.Kind.TRIAL, failure.kind());
    assertTrue(failure.getMessage().contains("exit code 42"), failure.getMessage());
    assertTrue(failure.getMessage().contains("3 times"), failure.getMessage());
  }

  @Test
  void aCrashThatDoesNotComeAgainLeavesNoTrace(@TempDir Path folder) throws Exception {
    byte[] bomb =
        Files.createFile(folder.resolve("bomb")).toString().getBytes(StandardCharsets.UTF_8);
    Pending<byte[]> pending = pool.submit(request(CrashWhile.class, bomb, LONG), Progress.NONE);
    assertArrayEquals(bomb, pending.await());
  }

  @Test
  void aTaskThatHangsEndsAtItsDeadline() throws Exception {
    echo(new byte[1]);
    long pid = pool.processIds().get(0);
    BenchException failure = failure(Hang.class, Duration.ofSeconds(1));
    assertTrue(failure.getMessage().contains("deadline of 1 s"), failure.getMessage());
    assertEquals(BenchException.Kind.PASSING, failure.kind());
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    assertArrayEquals(new byte[] {3}, echo(new byte[] {3}));
  }

  @Test
  void cancellingEndsATaskAtOnceAndTheQueueGoesOn() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    Pending<byte[]> running =
        pool.submit(request(Hang.class, new byte[0], LONG), (done, total) -> working.countDown());
    Pending<byte[]> queued = pool.submit(request(Hang.class, new byte[0], LONG), Progress.NONE);
    assertTrue(working.await(120, TimeUnit.SECONDS));
    queued.cancel();
    running.cancel();
    BenchException failure = assertThrows(BenchException.class, running::await);
    assertTrue(failure.getMessage().contains("was cancelled"), failure.getMessage());
    assertThrows(BenchException.class, queued::await);
    assertArrayEquals(new byte[] {4}, echo(new byte[] {4}));
  }

  @Test
  void anOrderlyFailureKeepsItsKindAndTheWorkerLivesOn() throws Exception {
    echo(new byte[1]);
    long pid = pool.processIds().get(0);
    Pending<byte[]> pending = pool.submit(request(Refuse.class, new byte[1], LONG), Progress.NONE);
    BenchException refusal = assertThrows(BenchException.class, pending::await);
    assertEquals(BenchException.Kind.USAGE, refusal.kind());
    assertEquals("no such folder", refusal.getMessage());
    assertEquals(List.of(pid), pool.processIds());
  }

  @Test
  void aFailureThatNobodyForesawCountsAsACrash() throws Exception {
    BenchException first = failure(Refuse.class, LONG);
    assertEquals(BenchException.Kind.PASSING, first.kind());
    assertTrue(first.getMessage().contains("IllegalStateException: a bug"), first.getMessage());
    pool.submit(request(Refuse.class, new byte[2], LONG), Progress.NONE).await();
    assertEquals(BenchException.Kind.TRIAL, failure(Refuse.class, LONG).kind());
  }

  @Test
  void closingThePoolLeavesNoProcess() throws Exception {
    echo(new byte[1]);
    long pid = pool.processIds().get(0);
    Pending<byte[]> pending = pool.submit(request(Hang.class, new byte[0], LONG), Progress.NONE);
    pool.close();
    assertThrows(BenchException.class, pending::await);
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }

  /** A process with a pool of its own, which prints the id of its busy worker. */
  public static final class Owner {
    private Owner() {}

    /** Never ends by itself. */
    public static void main(String[] args) throws Exception {
      WorkerPool pool = open(1);
      Pending<byte[]> pending =
          pool.submit(
              request(Hang.class, new byte[0], LONG),
              (done, total) -> System.out.println(pool.processIds().get(0)));
      pending.await();
    }
  }

  @Test
  void workersEndWhenTheirParentIsKilled() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Command command =
        Command.of(java, "-cp", System.getProperty("java.class.path"), Owner.class.getName());
    try (RunningCommand owner = new ExecRunner().start(command)) {
      BufferedReader said =
          new BufferedReader(new InputStreamReader(owner.stdout(), StandardCharsets.UTF_8));
      String line = said.readLine();
      while (line != null && !line.matches("\\d+")) {
        line = said.readLine();
      }
      ProcessHandle worker = ProcessHandle.of(Long.parseLong(String.valueOf(line))).orElseThrow();
      assertTrue(worker.isAlive());
      ProcessHandle.of(owner.pid()).orElseThrow().destroyForcibly();
      worker.onExit().get(60, TimeUnit.SECONDS);
    }
  }
}
