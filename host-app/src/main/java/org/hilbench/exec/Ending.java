package org.hilbench.exec;

import java.util.Map;
import java.util.Set;

/**
 * How a program ended.
 *
 * @param exitCode as Java and shells give it: 128 + n where signal n ended the program
 */
public record Ending(int exitCode) {
  private static final int SIGNALLED = 128;

  /** Numbers of Linux on all processors that we run on. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  /** What a program brings on itself. */
  private static final Set<Integer> OWN_DOING = Set.of(4, 5, 6, 7, 8, 11, 31);

  private static final int LAST_SIGNAL = 64;

  /** Whether a signal ended it. */
  public boolean bySignal() {
    return exitCode > SIGNALLED && exitCode <= SIGNALLED + LAST_SIGNAL;
  }

  /**
   * Whether someone else ended it, such as the system when memory ran out: what the program was at
   * had no part in that, as far as it can be told.
   */
  public boolean fromOutside() {
    return bySignal() && !OWN_DOING.contains(exitCode - SIGNALLED);
  }

  /** Such as {@code killed by SIGKILL} and {@code exit code 1}. */
  public String words() {
    if (!bySignal()) {
      return "exit code " + exitCode;
    }
    int signal = exitCode - SIGNALLED;
    String name = NAMES.getOrDefault(signal, "signal " + signal);
    return (fromOutside() ? "killed by " : "crashed by ") + name;
  }
}
