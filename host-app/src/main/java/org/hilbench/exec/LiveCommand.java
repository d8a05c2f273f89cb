package org.hilbench.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.hilbench.BenchException;
import org.jspecify.annotations.Nullable;

/**
 * A program under Commons Exec. One thread starts it and waits for it: the parent-death signal of
 * Linux follows the thread that forked, so that thread has to live as long as the program.
 */
final class LiveCommand implements RunningCommand, ExecuteStreamHandler {
  private static final int STDERR_TAIL = 64 * 1024;
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final TreeWatchdog watchdog;
  private final TailBuffer stderr = new TailBuffer(STDERR_TAIL);
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final @Nullable OutputStream stdoutSink;
  private final List<Thread> pumps = new ArrayList<>();
  private @Nullable OutputStream stdin;
  private @Nullable InputStream stdout;
  private @Nullable InputStream stderrSource;

  private LiveCommand(Command command, @Nullable OutputStream stdoutSink) {
    watchdog = new TreeWatchdog(command.timeout());
    this.stdoutSink = stdoutSink;
  }

  /** Starts a program; its output goes into the sink, or where there is none to {@link #stdout}. */
  static LiveCommand start(Command command, @Nullable OutputStream stdoutSink)
      throws BenchException {
    LiveCommand live = new LiveCommand(command, stdoutSink);
    Thread thread = new Thread(() -> live.execute(command), "exec " + command.program());
    thread.setDaemon(true);
    thread.start();
    live.awaitStart(command);
    return live;
  }

  private void execute(Command command) {
    try {
      DefaultExecutor executor =
          DefaultExecutor.builder()
              .setWorkingDirectory(command.directory().toFile())
              .setExecuteStreamHandler(this)
              .get();
      executor.setWatchdog(watchdog);
      executor.setExitValues(null); // every exit code is a result
      int code = executor.execute(commandLine(command), environment(command));
      exit.complete(code);
    } catch (IOException e) {
      watchdog.pid().completeExceptionally(e);
      exit.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      watchdog.pid().completeExceptionally(e);
      exit.completeExceptionally(e);
      throw e;
    }
  }

  private static CommandLine commandLine(Command command) {
    CommandLine line = new CommandLine(command.program());
    command.argv().stream().skip(1).forEach(argument -> line.addArgument(argument, false));
    return line;
  }

  private static Map<String, String> environment(Command command) {
    return ProgramEnvironment.of(
        System.getenv(), System.getProperty("java.io.tmpdir"), command.environment());
  }

  private void awaitStart(Command command) throws BenchException {
    try {
      watchdog.pid().get(); // the streams are connected before it is watched
    } catch (ExecutionException e) {
      throw ExecRunner.notStartable(command, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      watchdog.killTree();
      throw ExecRunner.interrupted(command, e);
    }
  }

  @Override
  public void setProcessInputStream(OutputStream stream) {
    stdin = stream;
  }

  @Override
  public void setProcessOutputStream(InputStream stream) {
    stdout = stream;
  }

  @Override
  public void setProcessErrorStream(InputStream stream) {
    stderrSource = stream;
  }

  @Override
  public void start() {
    pump(connected(stderrSource), stderr);
    if (stdoutSink != null) {
      pump(connected(stdout), stdoutSink);
    }
  }

  private void pump(InputStream from, OutputStream to) {
    Thread pump =
        new Thread(
            () -> {
              try {
                from.transferTo(to);
              } catch (IOException e) {
                // closed under us when the program has ended: nothing more to read
              }
            },
            "exec pump");
    pump.setDaemon(true);
    pump.start();
    pumps.add(pump);
  }

  /** Called when the program has ended, before its streams are closed. */
  @Override
  public void stop() {
    try {
      for (Thread pump : pumps) {
        pump.join(DRAIN.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public OutputStream stdin() {
    return connected(stdin);
  }

  @Override
  public InputStream stdout() {
    return connected(stdout);
  }

  private static <T> T connected(@Nullable T stream) {
    if (stream == null) {
      throw new IllegalStateException("the program has not started");
    }
    return stream;
  }

  @Override
  public String stderrTail() {
    return stderr.text();
  }

  @Override
  public boolean alive() {
    return !exit.isDone();
  }

  @Override
  public long pid() {
    return watchdog.pid().join();
  }

  @Override
  public boolean timedOut() {
    return watchdog.timedOut();
  }

  @Override
  public CompletableFuture<Integer> exit() {
    return exit.copy();
  }

  @Override
  public void close() {
    watchdog.killTree();
    exit.handle((code, failure) -> code).join();
  }
}
