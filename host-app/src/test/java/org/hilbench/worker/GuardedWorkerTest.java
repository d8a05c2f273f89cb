package org.hilbench.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.exec.ExecRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class GuardedWorkerTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final GuardedWorker worker = new GuardedWorker(new ExecRunner());

  @AfterEach
  void close() {
    worker.close();
  }

  /** Ends its process as native code does: by what its first byte says. */
  public static final class Ending implements WorkerHandler {
    @Override
    public byte[] handle(byte[] request, Progress progress) throws Exception {
      switch (request[0]) {
        case 'w' -> new Pointer(16).setByte(0, (byte) 1);
        case 'a' -> Function.getFunction("c", "abort").invokeVoid(new Object[0]);
        case 'f' -> Function.getFunction("c", "raise").invokeInt(new Object[] {8});
        case 'h' -> new CountDownLatch(1).await();
        case 'm' -> allocate();
        default -> {
          return request;
        }
      }
      throw new IllegalStateException("still here");
    }

    /** Until there is no more; a native allocation that fails is null, which is written to. */
    private static void allocate() {
      Function malloc = Function.getFunction("c", "malloc");
      for (int i = 0; i < 1000; i++) {
        Pointer block = malloc.invokePointer(new Object[] {64L << 20});
        (block == null ? new Pointer(16) : block).setByte(0, (byte) 1);
      }
    }
  }

  @Test
  void aTaskThatBringsItsProcessDownIsRefusedByTheSignal() throws Exception {
    assertEquals("a task crashed (signal 11) on this model", refusal("w", LONG));
    assertEquals("a task crashed (signal 6) on this model", refusal("a", LONG));
    assertEquals("a task crashed (signal 8) on this model", refusal("f", LONG));
    assertArrayEquals(new byte[] {'x'}, worker.run(request("x", LONG)), "the next one is done");
  }

  @Test
  void aTaskThatTakesTooLongIsStopped() throws Exception {
    assertArrayEquals(new byte[] {'x'}, worker.run(request("x", LONG)));
    assertEquals("a task took longer than 2 s on this model", refusal("h", Duration.ofSeconds(2)));
    assertArrayEquals(new byte[] {'x'}, worker.run(request("x", LONG)));
  }

  @Test
  void aTaskThatWantsAllMemoryMeetsALimit() throws Exception {
    assertTrue(refusal("m", LONG).startsWith("a task crashed"), "64 GB are not to be had");
  }

  @Test
  void aCrashLeavesNoFileBehind() throws Exception {
    List<Path> before = files();
    refusal("w", LONG);
    refusal("a", LONG);
    assertEquals(before, files());
  }

  private static List<Path> files() throws Exception {
    try (Stream<Path> here = Files.list(Path.of(""))) {
      return here.sorted().toList();
    }
  }

  private String refusal(String task, Duration limit) {
    BenchException refusal =
        assertThrows(BenchException.class, () -> worker.run(request(task, limit)));
    assertEquals(Kind.USAGE, refusal.kind());
    return refusal.getMessage();
  }

  private static WorkerRequest request(String task, Duration limit) {
    return new WorkerRequest(
        Ending.class, new byte[] {(byte) task.charAt(0)}, Stage.VERIFY, "a task", limit);
  }
}
