package org.hilbench.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * A bar with the share done and the time left, redrawn in place on a terminal; lines of text scroll
 * above it. Without a terminal only the lines are written. Thread-safe.
 */
final class ProgressLine implements AutoCloseable {
  private static final int BAR_WIDTH = 24;
  private static final String CUT = "...";
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintableStream err;
  private final boolean terminal;
  private final int columns;
  private final InstantSource clock;
  private final Instant started;
  private double startShare = -1;
  private String shown = "";
  private boolean closed;

  ProgressLine(PrintableStream err, boolean terminal, int columns, InstantSource clock) {
    this.err = err;
    this.terminal = terminal;
    this.columns = columns;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** On this process's standard error; a bar only where the launcher saw a terminal there. */
  static ProgressLine onStandardError(InstantSource clock) {
    return new ProgressLine(PrintableStream.err(), Terminal.present(), Terminal.width(), clock);
  }

  /** Writes a line that stays. */
  synchronized void print(String line) {
    if (terminal) {
      err.layout(CLEAR_LINE);
    }
    err.println(line);
    redraw();
  }

  /** Writes a line that stays, and that may lose its end where the terminal is too narrow. */
  synchronized void printFitting(String line) {
    print(fitting(line));
  }

  private String fitting(String line) {
    return terminal && line.length() > columns
        ? line.substring(0, Math.max(0, columns - CUT.length())) + CUT
        : line;
  }

  /**
   * Moves the bar.
   *
   * @param share what is done, 0 to 1
   * @param text what goes on now
   */
  synchronized void update(double share, String text) {
    if (startShare < 0) {
      startShare = share;
    }
    int filled = (int) Math.round(share * BAR_WIDTH);
    shown =
        String.format(
            Locale.ROOT,
            "[%s%s] %3.0f %%  %s  %s",
            "#".repeat(filled),
            "-".repeat(BAR_WIDTH - filled),
            share * 100,
            timeLeft(share),
            text);
    redraw();
  }

  private String timeLeft(double share) {
    double gained = share - startShare;
    if (gained <= 0) {
      return "ETA --:--";
    }
    Duration spent = Duration.between(started, clock.instant());
    long left = Math.round(spent.toMillis() / 1e3 * (1 - share) / gained);
    return String.format(Locale.ROOT, "ETA %d:%02d", left / 60, left % 60);
  }

  private void redraw() {
    if (terminal && !closed && !shown.isEmpty()) {
      err.layout(CLEAR_LINE);
      err.print(fitting(shown));
      err.flush();
    }
  }

  /** Takes the bar away; the lines stay. */
  @Override
  public synchronized void close() {
    if (terminal) {
      err.layout(CLEAR_LINE);
    }
    closed = true; // trials that are given up may still tell how far they were
  }
}
