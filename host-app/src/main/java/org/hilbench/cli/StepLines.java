package org.hilbench.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hilbench.firmware.CompileWatcher;
import org.jspecify.annotations.Nullable;

/**
 * One line for each thing that is compiled once, with the time that it took. On a terminal the line
 * counts the seconds. Thread-safe: what two threads wait for has one line.
 */
final class StepLines implements CompileWatcher {
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintableStream err;
  private final boolean terminal;
  private final InstantSource clock;
  private final Set<String> running = new HashSet<>();
  private @Nullable Line open;

  StepLines(PrintableStream err, boolean terminal, InstantSource clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
  }

  static StepLines onStandardError() {
    return new StepLines(PrintableStream.err(), Terminal.present(), InstantSource.system());
  }

  @Override
  public synchronized Step begins(String what) {
    if (!running.add(what)) {
      return () -> {};
    }
    breakOff();
    Line line = new Line(what);
    open = line;
    err.print(line.text());
    err.flush();
    line.count();
    return line;
  }

  /** Ends the line of a step that goes on, so that another can have one. */
  private void breakOff() {
    if (open != null) {
      err.println();
      open = null;
    }
  }

  private final class Line implements Step {
    private final String what;
    private final Instant began = clock.instant();
    private final ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(StepLines::daemon);
    private boolean ended;

    Line(String what) {
      this.what = what;
    }

    String text() {
      return "hilbench: compiling " + what + " (once) ... ";
    }

    private long seconds() {
      return Math.round(Duration.between(began, clock.instant()).toMillis() / 1e3);
    }

    void count() {
      if (terminal) {
        var unused = ticker.scheduleAtFixedRate(this::show, 1, 1, TimeUnit.SECONDS);
      }
    }

    private void show() {
      synchronized (StepLines.this) {
        if (open == this) {
          err.layout(CLEAR_LINE);
          err.print(text() + seconds() + " s");
          err.flush();
        }
      }
    }

    @Override
    public void done() {
      end("done in ");
    }

    @Override
    public void close() {
      end("failed after ");
    }

    private void end(String how) {
      synchronized (StepLines.this) {
        if (ended) {
          return;
        }
        ended = true;
        ticker.shutdownNow();
        running.remove(what);
        boolean mine = open == this;
        if (!mine) {
          breakOff();
        }
        if (terminal) {
          err.layout(CLEAR_LINE);
        }
        String again = mine && !terminal ? "" : text();
        err.println(again + how + seconds() + " s");
        open = null;
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "seconds");
    thread.setDaemon(true);
    return thread;
  }
}
