package org.hilbench.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.exec.CommandRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker processes that take tasks from one queue, one task each at a time.
 *
 * <p>A worker that crashes, hangs past the deadline or is cancelled fails its task alone; a new one
 * takes its place. Workers end with this process, however it ends. Thread-safe.
 */
public final class WorkerPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  private final CommandRunner runner;
  private final WorkerOptions options;
  private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
  private final List<Slot> slots = new ArrayList<>();
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

    void run(WorkerProcess process) {
      synchronized (this) {
        if (result.isDone()) {
          return;
        }
        at = process;
      }
      try {
        result.complete(process.run(request, progress));
      } catch (BenchException e) {
        result.completeExceptionally(e);
      } finally {
        synchronized (this) {
          at = null;
        }
      }
    }

    synchronized void cancel() {
      boolean ours =
          result.completeExceptionally(
              new BenchException(request.stage(), Kind.TRIAL, request.what() + " was cancelled"));
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

    private void serve(Job job) {
      if (job.result.isDone()) {
        return;
      }
      try {
        job.run(living());
      } catch (BenchException | RuntimeException e) {
        job.result.completeExceptionally(e);
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
