package org.hilbench.exec;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.hilbench.BenchException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs through Commons Exec. On Linux each is started under {@code setpriv --pdeathsig
 * KILL} (util-linux), so that it dies with this process even if that is killed with -9.
 * Thread-safe.
 */
public final class ExecRunner implements CommandRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ExecRunner.class);
  private static final int OUTPUT_LIMIT = 4 * 1024 * 1024;

  private final List<String> prefix;

  public ExecRunner() {
    prefix =
        find("setpriv")
            .map(setpriv -> List.of(setpriv.toString(), "--pdeathsig", "KILL", "--"))
            .orElse(List.of());
  }

  @Override
  public CommandResult run(Command command) throws BenchException {
    long begin = System.nanoTime();
    TailBuffer output = new TailBuffer(OUTPUT_LIMIT);
    LiveCommand live = launch(command, output);
    try {
      live.stdin().close();
      int code = live.exit().get();
      if (live.timedOut()) {
        throw timedOut(command, live.stderrTail());
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
      LOG.debug("exit={} ms={} {}", code, elapsed.toMillis(), command);
      return new CommandResult(command, code, output.text(), live.stderrTail(), elapsed);
    } catch (InterruptedException e) {
      live.close();
      Thread.currentThread().interrupt();
      throw interrupted(command, e);
    } catch (ExecutionException | IOException e) {
      live.close();
      throw notStartable(command, e);
    }
  }

  @Override
  public RunningCommand start(Command command) throws BenchException {
    return launch(command, null);
  }

  private LiveCommand launch(Command command, @Nullable OutputStream stdoutSink)
      throws BenchException {
    if (find(command.program()).isEmpty()) {
      throw notStartable(command, null);
    }
    LOG.debug("start {}", command);
    return LiveCommand.start(command.prefixedBy(prefix), stdoutSink);
  }

  @Override
  public Optional<Path> find(String program) {
    if (program.contains(File.separator)) {
      return Optional.of(Path.of(program)).filter(ExecRunner::runnable);
    }
    String path = ProgramEnvironment.path(System.getenv());
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(ExecRunner::runnable)
        .findFirst();
  }

  private static boolean runnable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  static BenchException notStartable(Command command, @Nullable Throwable cause) {
    String why =
        cause == null || cause.getMessage() == null
            ? "not found on PATH; run scripts/setup, or ./hilbench doctor to see what is missing"
            : cause.getMessage();
    return new BenchException(
        command.stage(),
        BenchException.Kind.ENVIRONMENT,
        "program '" + command.program() + "' could not be started: " + why,
        cause);
  }

  static BenchException interrupted(Command command, Throwable cause) {
    return new BenchException(
        command.stage(),
        BenchException.Kind.PASSING,
        "program '" + command.program() + "' was stopped by an interruption",
        cause);
  }

  private static BenchException timedOut(Command command, String stderr) {
    return new BenchException(
        command.stage(),
        BenchException.Kind.PASSING,
        String.format(
            Locale.ROOT,
            "program '%s' was stopped after %.1f s without an end (%s)%s",
            command.program(),
            command.timeout().toMillis() / 1e3,
            command,
            stderr.isBlank() ? "" : "; it said: " + stderr.strip()));
  }
}
