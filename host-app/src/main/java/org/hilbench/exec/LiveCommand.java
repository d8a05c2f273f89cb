package org.hilbench.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.apache.commons.exec.environment.EnvironmentUtils;
import org.hilbench.BenchException;
import org.jspecify.annotations.Nullable;

/**
 * A program under Commons Exec. One thread starts it and waits for it: the parent-death signal of
 * Linux follows the thread that forked, so that thread has to live as long as the program.
 */
final class LiveCommand implements RunningCommand, ExecuteStreamHandler {
  private static final int STDERR_TAIL = 64 * 1024;

  private final TreeWatchdog watchdog;
  private final TailBuffer stderr = new TailBuffer(STDERR_TAIL);
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private @Nullable OutputStream stdin;
  private @Nullable InputStream stdout;
  private @Nullable InputStream stderrSource;

  private LiveCommand(Command command) {
    watchdog = new TreeWatchdog(command.timeout());
  }

  static LiveCommand start(Command command) throws BenchException {
    LiveCommand live = new LiveCommand(command);
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
      started.completeExceptionally(e);
      exit.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      started.completeExceptionally(e);
      exit.completeExceptionally(e);
      throw e;
    }
  }

  private static CommandLine commandLine(Command command) {
    CommandLine line = new CommandLine(command.program());
    command.argv().stream().skip(1).forEach(argument -> line.addArgument(argument, false));
    return line;
  }

  private static Map<String, String> environment(Command command) throws IOException {
    Map<String, String> all = new HashMap<>(EnvironmentUtils.getProcEnvironment());
    all.putAll(command.environment());
    return all;
  }

  private void awaitStart(Command command) throws BenchException {
    try {
      started.get();
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
    InputStream source = connected(stderrSource);
    Thread pump = new Thread(() -> pumpStderr(source), "exec stderr");
    pump.setDaemon(true);
    pump.start();
    started.complete(null);
  }

  private void pumpStderr(InputStream source) {
    try {
      source.transferTo(stderr);
    } catch (IOException e) {
      // the stream is closed under us when the program has ended: nothing more to read
    }
  }

  @Override
  public void stop() {}

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
    return watchdog.pid();
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
