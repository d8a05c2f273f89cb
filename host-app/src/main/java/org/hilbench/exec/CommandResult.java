package org.hilbench.exec;

import java.time.Duration;
import java.util.List;
import org.hilbench.Printable;

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
  public List<String> lastLines() {
    String said = stderr.isBlank() ? stdout : stderr;
    List<String> lines = said.strip().lines().toList();
    return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
  }

  /** Likewise in one line. */
  public String tail() {
    return Printable.words(String.join("\n", lastLines()));
  }
}
