package org.hilbench.exec;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.Watchdog;
import org.jspecify.annotations.Nullable;

/**
 * A watchdog that kills the whole process tree; the stock one leaves grandchildren alive and waits
 * for them.
 */
final class TreeWatchdog extends ExecuteWatchdog {
  private final CompletableFuture<Long> pid = new CompletableFuture<>();
  private @Nullable Process process;
  private boolean timedOut;
  private boolean doomed;

  // the builder of commons-exec 1.5 cannot make a subclass
  @SuppressWarnings("deprecation")
  TreeWatchdog(Duration timeout) {
    super(timeout.toMillis());
  }

  @Override
  public synchronized void start(Process started) {
    process = started;
    super.start(started);
    pid.complete(started.pid());
    if (doomed) { // the end was asked for before the program had begun
      killTree();
    }
  }

  @Override
  public synchronized void timeoutOccured(Watchdog watchdog) { // commons-exec spells it so
    timedOut = true; // our own flag: the killed program may still exit 0
    killTree();
    super.timeoutOccured(watchdog);
  }

  synchronized void killTree() {
    doomed = true;
    if (process != null && process.isAlive()) { // once it is gone its number may be another's
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  synchronized boolean timedOut() {
    return timedOut;
  }

  /** The program's process id, once it is watched; failed where it never began. */
  CompletableFuture<Long> pid() {
    return pid;
  }
}
