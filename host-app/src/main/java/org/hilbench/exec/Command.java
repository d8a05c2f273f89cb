package org.hilbench.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hilbench.Stage;

/**
 * One start of a program: argv (never a shell string), where, with which variables beside those
 * that every program gets ({@link ProgramEnvironment}), for how long at most, and for which stage
 * of a candidate's way.
 */
public record Command(
    List<String> argv,
    Path directory,
    Map<String, String> environment,
    Duration timeout,
    Stage stage) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("time-out " + timeout + " is not positive");
    }
  }

  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  public static Command of(List<String> argv) {
    return new Command(argv, Path.of("").toAbsolutePath(), Map.of(), DEFAULT_TIMEOUT, Stage.RUN);
  }

  public String program() {
    return argv.get(0);
  }

  public Command withDirectory(Path newDirectory) {
    return new Command(argv, newDirectory, environment, timeout, stage);
  }

  public Command withTimeout(Duration newTimeout) {
    return new Command(argv, directory, environment, newTimeout, stage);
  }

  public Command withStage(Stage newStage) {
    return new Command(argv, directory, environment, timeout, newStage);
  }

  /** Adds one variable to those that every program gets. */
  public Command withEnvironment(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Command(argv, directory, more, timeout, stage);
  }

  Command prefixedBy(List<String> prefix) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(argv);
    return new Command(all, directory, environment, timeout, stage);
  }

  /** The argv as one line for logs and messages; not for a shell. */
  @Override
  public String toString() {
    return String.join(" ", argv);
  }
}
