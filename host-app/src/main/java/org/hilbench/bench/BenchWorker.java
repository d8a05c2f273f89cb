package org.hilbench.bench;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.device.DeviceException;
import org.hilbench.flash.FlashException;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
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

  /** The last job of each board that went well. */
  private final Map<String, MeasurementJob> wentWell = new HashMap<>();

  private volatile boolean closing;

  private BenchWorker(JobQueue queue, Bench bench, Set<String> boardIds) {
    this.queue = queue;
    this.bench = bench;
    this.boardIds = Set.copyOf(boardIds);
    thread = new Thread(this::work, "bench " + String.join(" ", this.boardIds));
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
    } catch (UncheckedIOException e) {
      result =
          failed(lease, Stage.RUN, BenchException.Kind.PASSING, String.valueOf(e.getMessage()));
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
   * A device that fell silent, was reset or unplugged gets another try, and so does what was killed
   * on this machine; a device that faulted would fault again.
   */
  private MeasurementResult persistently(JobQueue.Lease lease) throws BenchException {
    boolean fromOutside = false;
    for (int attempt = 1; ; attempt++) {
      try {
        return measured(lease.job(), lease.delivery());
      } catch (BenchException e) {
        if (!mayPass(e) || closing || lease.cancelled()) {
          throw e;
        }
        fromOutside |= fromOutside(e);
        if (attempt == ATTEMPTS) {
          throw inTheEnd(lease.job(), e, fromOutside);
        }
        LOG.warn("{}; trying again", e.getMessage());
      }
    }
  }

  private MeasurementResult measured(MeasurementJob job, int delivery) throws BenchException {
    MeasurementResult result = bench.measure(job, delivery);
    if (result instanceof MeasurementResult.Completed) {
      wentWell.put(job.boardId(), job);
    }
    return result;
  }

  private static boolean mayPass(BenchException e) {
    return e.kind() == BenchException.Kind.PASSING
        || e instanceof DeviceException.TimedOut
        || e instanceof DeviceException.Lost
        || e instanceof DeviceException.Reset
        || (e instanceof FlashException flash && flash.trouble().isOfTheCable());
  }

  /** Whether the model had no part in it, as far as it can be told. */
  private static boolean fromOutside(BenchException e) {
    return e instanceof DeviceException.Died died
        ? died.fromOutside()
        : e.kind() == BenchException.Kind.PASSING;
  }

  /**
   * What does not pass is the model's failure where the last one that went well on the board goes
   * well once more. Where that does not, the next candidate would meet the same; and of a simulator
   * that ends before anything went well on it nobody can tell.
   */
  private BenchException inTheEnd(MeasurementJob job, BenchException last, boolean fromOutside) {
    if (unplugged(last)) {
      return nobodysFault(last, BenchException.Kind.ENVIRONMENT, "look at its cable and supply");
    }
    if (last instanceof FlashException) {
      return last;
    }
    MeasurementJob known = wentWell.get(job.boardId());
    boolean died = last.kind() == BenchException.Kind.PASSING;
    if (fromOutside || (known == null && died)) {
      return nobodysFault(
          last, BenchException.Kind.PASSING, "see to this machine's memory and disk");
    }
    if (known != null && !goesWell(known)) {
      return nobodysFault(
          last, BenchException.Kind.PASSING, "and what went well there before does no more");
    }
    return new BenchException(
        last.stage(), BenchException.Kind.TRIAL, last.getMessage() + "; " + ATTEMPTS + " times");
  }

  private boolean goesWell(MeasurementJob known) {
    try {
      MeasurementResult unused = bench.measure(known, 1);
      return true;
    } catch (BenchException e) {
      LOG.warn("what went well before does no more: {}", e.getMessage());
      return false;
    }
  }

  /** Whether a board went, in distinction from a simulator that ended. */
  private static boolean unplugged(BenchException e) {
    return e instanceof DeviceException.Lost && e.getCause() instanceof PortException;
  }

  /** The next candidate would meet the same: that is not this one's failure. */
  private static BenchException nobodysFault(
      BenchException last, BenchException.Kind kind, String remedy) {
    return new BenchException(
        last.stage(), kind, last.getMessage() + "; " + ATTEMPTS + " times: " + remedy, last);
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
