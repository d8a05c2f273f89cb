package org.hilbench.measure;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.device.DeviceException;
import org.hilbench.flash.FlashException;
import org.hilbench.serial.PortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that takes jobs from a queue and measures them, one after another, until it is closed.
 * While it measures, a second thread keeps the lease and stops the work when the lease is lost.
 */
public final class BenchWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BenchWorker.class);
  private static final Duration BEAT = Duration.ofMillis(200);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 3;
  private static final Duration END = Duration.ofSeconds(5);

  private final JobQueue queue;
  private final Bench bench;
  private final Set<String> boardIds;
  private final Thread thread;
  private volatile boolean closing;

  private BenchWorker(JobQueue queue, Bench bench, Set<String> boardIds) {
    this.queue = queue;
    this.bench = bench;
    this.boardIds = Set.copyOf(boardIds);
    thread = new Thread(this::work, "bench");
    thread.setDaemon(true);
  }

  /** Starts one; {@code boardIds} empty: it takes jobs for every board. */
  public static BenchWorker start(JobQueue queue, Bench bench, Set<String> boardIds) {
    BenchWorker worker = new BenchWorker(queue, bench, boardIds);
    worker.thread.start();
    return worker;
  }

  private void work() {
    while (!closing) {
      try {
        Optional<JobQueue.Lease> lease = queue.lease(boardIds, WAIT);
        if (lease.isPresent()) {
          carryOut(lease.get());
        }
      } catch (InterruptedException e) {
        // closing, or a lease lost at its very end: the loop's condition tells which
      }
    }
  }

  private void carryOut(JobQueue.Lease lease) {
    Heart heart = new Heart(lease, Thread.currentThread());
    MeasurementResult result;
    try {
      result = persistently(lease);
    } catch (BenchException e) {
      result = failed(lease, e.stage(), e.kind(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("measuring {} failed", lease.job().id(), e);
      result = failed(lease, Stage.RUN, BenchException.Kind.TRIAL, "internal error: " + e);
    } finally {
      heart.stop();
    }
    if (closing) {
      lease.giveBack();
    } else {
      lease.ack(result);
    }
  }

  /**
   * A device that fell silent, was reset or unplugged gets another try; one that faulted would
   * fault again.
   */
  private MeasurementResult persistently(JobQueue.Lease lease) throws BenchException {
    for (int attempt = 1; ; attempt++) {
      try {
        return bench.measure(lease.job(), lease.delivery());
      } catch (BenchException e) {
        if (!mayPass(e) || closing || lease.cancelled()) {
          throw e;
        }
        if (attempt == ATTEMPTS) {
          throw unplugged(e) ? nobodysFault(e) : e;
        }
        LOG.warn("{}; trying again", e.getMessage());
      }
    }
  }

  private static boolean mayPass(BenchException e) {
    return e instanceof DeviceException.TimedOut
        || e instanceof DeviceException.Lost
        || e instanceof DeviceException.Reset
        || (e instanceof FlashException flash && flash.trouble().isOfTheCable());
  }

  /** Whether a board went, in distinction from a simulator that ended. */
  private static boolean unplugged(BenchException e) {
    return e instanceof DeviceException.Lost && e.getCause() instanceof PortException;
  }

  /** The next candidate would meet the same: that is not this one's failure. */
  private static BenchException nobodysFault(BenchException e) {
    return new BenchException(
        e.stage(),
        BenchException.Kind.ENVIRONMENT,
        e.getMessage() + "; " + ATTEMPTS + " times: look at its cable and supply",
        e);
  }

  private static MeasurementResult failed(
      JobQueue.Lease lease, Stage stage, BenchException.Kind kind, String reason) {
    return new MeasurementResult.Failed(lease.job().id(), lease.delivery(), stage, kind, reason);
  }

  /** Keeps a lease alive; interrupts the worker when it is lost. */
  private static final class Heart implements Runnable {
    private final JobQueue.Lease lease;
    private final Thread worker;
    private final Thread thread;
    private boolean stopped;

    private Heart(JobQueue.Lease lease, Thread worker) {
      this.lease = lease;
      this.worker = worker;
      thread = new Thread(this, "bench heart");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public synchronized void run() {
      try {
        while (!stopped) {
          wait(BEAT.toMillis());
          if (!stopped && !lease.inProgress()) {
            worker.interrupt();
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** After this the worker is not interrupted any more, and not interrupted now. */
    private void stop() {
      synchronized (this) {
        stopped = true;
        notifyAll();
      }
      Thread.interrupted();
    }
  }

  /** Stops what it measures and gives that job back; waits a few seconds at most. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
