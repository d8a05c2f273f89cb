package org.hilbench.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.trial.Provenance;

/** Where and with what a search runs. */
final class Origin {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Home home;
  private final CommandRunner runner;

  Origin(Home home, CommandRunner runner) {
    this.home = home;
    this.runner = runner;
  }

  Provenance provenance(SearchSettings settings) {
    Map<String, String> tools = new TreeMap<>();
    tools.put("java", Runtime.version().toString());
    tools.put("gcc", firstLine("arm-none-eabi-gcc", "--version"));
    tools.put("qemu", firstLine("qemu-system-arm", "--version"));
    return new Provenance(commit(), tools, settings.flags(), Map.of(), settings.seed(), host());
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
