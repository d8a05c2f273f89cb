package org.hilbench.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.exec.CommandRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker processes that take tasks from one queue, one task each at a time.
 *
 * <p>Where a worker dies, hangs past the deadline or breaks, a new one takes its place, and the
 * task is done again, {@link #ATTEMPTS} times in all, the last time with no other beside it, so
 * that it has the memory to itself. What fails still is of kind PASSING: the machine's failure. It
 * is the task's own, of kind TRIAL, on one condition: nobody else ended a worker of it, and the
 * last task of its kind that went well goes well once more. Workers end with this process, however
 * it ends. Thread-safe.
 */
public final class WorkerPool implements AutoCloseable {
  /** How often a task is done before it counts as failed. */
  static final int ATTEMPTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  private final CommandRunner runner;
  private final WorkerOptions options;
  private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
  private final List<Slot> slots = new ArrayList<>();

  /** The last task of each kind that went well. */
  private final Map<Class<?>, WorkerRequest> wentWell = new ConcurrentHashMap<>();

  /** Held to read by every task, to write by one that has to be alone. */
  private final ReadWriteLock beside = new ReentrantReadWriteLock(true);

  private volatile boolean closed;

  private WorkerPool(CommandRunner runner, WorkerOptions options) {
    this.runner = runner;
    this.options = options;
  }

  /** Opens a pool; its processes start in the background. */
  public static WorkerPool open(CommandRunner runner, WorkerOptions options) {
    WorkerPool pool = new WorkerPool(runner, options);
    for (int i = 0; i < options.workers(); i++) {
      Slot slot = pool.new Slot("worker " + i);
      pool.slots.add(slot);
      slot.start();
    }
    return pool;
  }

  /** Queues a task; {@code progress} hears about it from the pool's thread. */
  public Pending<byte[]> submit(WorkerRequest request, Progress progress) {
    Job job = new Job(request, progress);
    if (closed) {
      throw new IllegalStateException("the worker pool is closed");
    }
    queue.add(job);
    if (closed) {
      job.cancel();
    }
    return new Pending<>(request.stage(), job.result, job::cancel);
  }

  public int size() {
    return options.workers();
  }

  /** Process ids of the workers that live now. */
  public List<Long> processIds() {
    return slots.stream()
        .map(slot -> slot.process)
        .filter(process -> process != null && process.alive())
        .map(WorkerProcess::pid)
        .toList();
  }

  /** Cancels what is queued or running and kills every worker. */
  @Override
  public void close() {
    closed = true;
    queue.forEach(Job::cancel);
    slots.forEach(Slot::end);
  }

  /** One task between submit and result. */
  private static final class Job {
    private final WorkerRequest request;
    private final Progress progress;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private @Nullable WorkerProcess at;

    Job(WorkerRequest request, Progress progress) {
      this.request = request;
      this.progress = progress;
    }

    /** On this worker; false where the result is there already. */
    synchronized boolean begin(WorkerProcess process) {
      if (result.isDone()) {
        return false;
      }
      at = process;
      return true;
    }

    synchronized void end() {
      at = null;
    }

    synchronized void cancel() {
      boolean ours =
          result.completeExceptionally(
              new BenchException(request.stage(), Kind.PASSING, request.what() + " was cancelled"));
      if (ours && at != null) {
        at.close();
      }
    }
  }

  /** A thread with its process. */
  private final class Slot extends Thread {
    private volatile @Nullable WorkerProcess process;

    Slot(String name) {
      super(name);
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!closed) {
          warmUp();
          serve(queue.take());
        }
      } catch (InterruptedException e) {
        // the pool closes
      } finally {
        closeProcess();
      }
    }

    private void warmUp() {
      try {
        living();
      } catch (BenchException e) {
        LOG.debug("a worker did not start; its next task tries again", e);
      }
    }

    private void serve(Job job) throws InterruptedException {
      try {
        Optional<byte[]> answer = persistently(job);
        answer.ifPresent(job.result::complete);
      } catch (BenchException | RuntimeException e) {
        job.result.completeExceptionally(e);
      } finally {
        job.cancel(); // closed in the middle of it
      }
    }

    /** Empty where the job was cancelled, or the pool closed. */
    private Optional<byte[]> persistently(Job job) throws BenchException, InterruptedException {
      boolean fromOutside = false;
      for (int attempt = 1; !closed && !job.result.isDone(); attempt++) {
        Lock lock = attempt < ATTEMPTS ? beside.readLock() : beside.writeLock();
        lock.lockInterruptibly();
        try {
          return attempt(job);
        } catch (CrashException e) {
          fromOutside |= e.fromOutside();
          if (attempt == ATTEMPTS) {
            throw inTheEnd(job, e, fromOutside);
          }
          if (!closed && !job.result.isDone()) {
            LOG.warn("{}; doing it again", e.getMessage());
          }
        } finally {
          lock.unlock();
        }
      }
      return Optional.empty();
    }

    private Optional<byte[]> attempt(Job job) throws BenchException {
      WorkerProcess worker = living();
      if (!job.begin(worker)) {
        return Optional.empty();
      }
      try {
        byte[] answer = worker.run(job.request, job.progress);
        wentWell.put(job.request.handler(), job.request);
        return Optional.of(answer);
      } finally {
        job.end();
      }
    }

    private BenchException inTheEnd(Job job, CrashException last, boolean fromOutside) {
      if (job.result.isDone() || fromOutside || !soundFor(job)) {
        return new BenchException(
            last.stage(),
            Kind.PASSING,
            last.getMessage() + "; " + ATTEMPTS + " times: see to this machine's memory and disk",
            last);
      }
      return new BenchException(
          last.stage(),
          Kind.TRIAL,
          last.getMessage() + "; " + ATTEMPTS + " times, and another task beside it went well",
          last);
    }

    /** Whether a task that went well before goes well now. */
    private boolean soundFor(Job job) {
      WorkerRequest known = wentWell.get(job.request.handler());
      if (known == null) {
        return false;
      }
      try {
        byte[] unused = living().run(known, Progress.NONE);
        return true;
      } catch (BenchException e) {
        LOG.warn("what went well before does no more: {}", e.getMessage());
        return false;
      }
    }

    private WorkerProcess living() throws BenchException {
      WorkerProcess current = process;
      if (current != null && current.alive()) {
        return current;
      }
      closeProcess();
      WorkerProcess fresh = WorkerProcess.start(runner, options);
      process = fresh;
      if (closed) {
        fresh.close();
      }
      return fresh;
    }

    private void closeProcess() {
      WorkerProcess current = process;
      if (current != null) {
        current.close();
      }
    }

    void end() {
      interrupt();
      closeProcess();
    }
  }
}
