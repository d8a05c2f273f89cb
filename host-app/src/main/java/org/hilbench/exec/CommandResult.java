package org.hilbench.exec;

import java.time.Duration;

/** How a program ended and what it printed (each stream's last 4 MiB, as UTF-8). */
public record CommandResult(
    Command command, int exitCode, String stdout, String stderr, Duration elapsed) {
  private static final int TAIL_LINES = 12;

  public boolean ok() {
    return exitCode == 0;
  }

  public Ending ending() {
    return new Ending(exitCode);
  }

  /** The last lines of what the program said, stderr first choice, for an error message. */
  public String tail() {
    String said = stderr.isBlank() ? stdout : stderr;
    String[] lines = said.strip().split("\\R");
    int from = Math.max(0, lines.length - TAIL_LINES);
    return String.join("\n", java.util.Arrays.asList(lines).subList(from, lines.length));
  }
}
