package org.hilbench.experiment;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.desk.Home;
import org.hilbench.device.Renode;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.trial.Provenance;

/** Where and with what a search runs. */
final class Origin {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Home home;
  private final CommandRunner runner;
  private final Map<String, String> environment;

  /**
   * @param environment variables, which may name Renode
   */
  Origin(Home home, CommandRunner runner, Map<String, String> environment) {
    this.home = home;
    this.runner = runner;
    this.environment = Map.copyOf(environment);
  }

  Provenance provenance(SearchSettings settings) {
    Map<String, String> tools = new TreeMap<>();
    tools.put("java", Runtime.version().toString());
    tools.put("gcc", firstLine("arm-none-eabi-gcc", "--version"));
    tools.put("qemu", firstLine("qemu-system-arm", "--version"));
    renode().ifPresent(version -> tools.put("renode", version));
    return new Provenance(commit(), tools, settings.flags(), Map.of(), settings.seed(), host());
  }

  /** Few have it, and a board runs on it only where its profile has no machine of QEMU's. */
  private Optional<String> renode() {
    if (runner.find(Renode.program(environment)).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Renode.find(runner, environment).version());
    } catch (BenchException e) {
      return Optional.of("unknown");
    }
  }

  private String commit() {
    String commit = firstLine("git", "-C", home.root().toString(), "rev-parse", "HEAD");
    String changes =
        firstLine("git", "-C", home.root().toString(), "status", "--porcelain", "-uno");
    return changes.isEmpty() ? commit : commit + "-dirty";
  }

  private String firstLine(String... argv) {
    try {
      CommandResult result = runner.run(Command.of(argv).withTimeout(PATIENCE));
      return result.ok() ? result.stdout().lines().findFirst().orElse("") : "unknown";
    } catch (BenchException e) {
      return "unknown";
    }
  }

  private static String host() {
    String processor =
        System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores";
    try {
      return InetAddress.getLocalHost().getHostName() + " (" + processor + ")";
    } catch (UnknownHostException e) {
      return processor;
    }
  }
}
