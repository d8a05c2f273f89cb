package org.hilbench.worker;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.exec.CommandRunner;
import org.jspecify.annotations.Nullable;

/**
 * One worker process for tasks that may bring it down: native code on files of unknown origin. It
 * has limits of memory and time, and leaves no crash file. A task that ends it is refused, not
 * tried again; the next task gets a new process. For one thread at a time.
 */
public final class GuardedWorker implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 512;

  /** Heap, code, classes and libraries take 900; the rest is for the task's native memory. */
  private static final int ADDRESS_SPACE_MEGABYTES = 2048;

  private static final int SHELL_SIGNALS = 128;

  private final CommandRunner runner;
  private final WorkerOptions options;
  private @Nullable WorkerProcess process;

  /** Without a process yet: the first task starts one. */
  public GuardedWorker(CommandRunner runner) {
    this.runner = runner;
    this.options = WorkerOptions.of(1).withMemory(HEAP_MEGABYTES, ADDRESS_SPACE_MEGABYTES);
  }

  /**
   * Does a task.
   *
   * @return its result
   * @throws BenchException (USAGE) if it crashes the process or takes too long; (PASSING) if no
   *     process starts, or another program ended it; what the task itself throws
   */
  public byte[] run(WorkerRequest request) throws BenchException {
    WorkerProcess at = living();
    long begin = System.nanoTime();
    try {
      return at.run(request, Progress.NONE);
    } catch (CrashException e) {
      at.close();
      if (e.fromOutside() && at.signal().isEmpty()) {
        throw e;
      }
      boolean late = System.nanoTime() - begin >= request.deadline().toNanos();
      String how = late ? "took longer than " + words(request.deadline()) : "crashed" + end(at);
      throw new BenchException(
          request.stage(), Kind.USAGE, request.what() + " " + how + " on this model", e);
    }
  }

  private WorkerProcess living() throws BenchException {
    WorkerProcess at = process;
    if (at == null || !at.alive()) {
      close();
      at = WorkerProcess.start(runner, options);
      process = at;
    }
    return at;
  }

  private static String words(Duration limit) {
    return String.format(Locale.ROOT, "%,d s", limit.toSeconds());
  }

  /** By which signal, where that is known: a JVM catches most of them, and says which. */
  private static String end(WorkerProcess at) {
    int code = at.exitCode().orElse(0);
    OptionalInt sent =
        code > SHELL_SIGNALS ? OptionalInt.of(code - SHELL_SIGNALS) : OptionalInt.empty();
    OptionalInt signal = at.signal().isPresent() ? at.signal() : sent;
    return signal.isPresent() ? " (signal " + signal.getAsInt() + ")" : "";
  }

  /** Kills it. */
  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
