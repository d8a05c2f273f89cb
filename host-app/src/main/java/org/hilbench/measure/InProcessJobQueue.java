package org.hilbench.measure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The queue of one process: in memory, jobs in the order in which they were submitted. */
public final class InProcessJobQueue implements JobQueue {
  private final Duration leaseTime;
  private final InstantSource clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private boolean closed;

  /**
   * @param leaseTime how long a bench may be silent before its job goes to another
   */
  public InProcessJobQueue(Duration leaseTime, InstantSource clock) {
    if (leaseTime.isNegative() || leaseTime.isZero()) {
      throw new IllegalArgumentException("lease time " + leaseTime + " is not positive");
    }
    this.leaseTime = leaseTime;
    this.clock = clock;
  }

  /** A job that has not ended. */
  private static final class Entry {
    private final MeasurementJob job;
    private final CompletableFuture<MeasurementResult> future = new CompletableFuture<>();
    private int delivery;
    private Instant leasedUntil = Instant.MIN;
    private boolean leased;

    private Entry(MeasurementJob job) {
      this.job = job;
    }
  }

  @Override
  public synchronized CompletableFuture<MeasurementResult> submit(MeasurementJob job) {
    if (closed) {
      throw new IllegalStateException("the queue is closed");
    }
    Entry known = entries.get(job.id());
    if (known != null) {
      return known.future;
    }
    Entry entry = new Entry(job);
    entries.put(job.id(), entry);
    var unused = entry.future.whenComplete((result, failure) -> forget(entry));
    notifyAll();
    return entry.future;
  }

  private synchronized void forget(Entry entry) {
    entries.remove(entry.job.id(), entry);
    notifyAll();
  }

  @Override
  public synchronized Optional<Lease> lease(Set<String> boardIds, Duration wait)
      throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (!closed) {
      Optional<Entry> next = next(boardIds);
      if (next.isPresent()) {
        return next.map(this::handOut);
      }
      long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(Math.min(left, Math.max(1, leaseTime.toMillis())));
    }
    return Optional.empty();
  }

  private Optional<Entry> next(Set<String> boardIds) {
    return entries.values().stream()
        .filter(entry -> !entry.leased || !clock.instant().isBefore(entry.leasedUntil))
        .filter(entry -> boardIds.isEmpty() || boardIds.contains(entry.job.boardId()))
        .findFirst();
  }

  private Lease handOut(Entry entry) {
    entry.delivery++;
    entry.leased = true;
    entry.leasedUntil = clock.instant().plus(leaseTime);
    return new Delivery(entry, entry.delivery);
  }

  @Override
  public void cancel(String jobId) {
    Optional<Entry> entry;
    synchronized (this) {
      entry = Optional.ofNullable(entries.get(jobId));
    }
    entry.ifPresent(known -> known.future.cancel(true));
  }

  @Override
  public void close() {
    List<Entry> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(entries.values());
      notifyAll();
    }
    left.forEach(entry -> entry.future.cancel(true));
  }

  /** One handing out of an entry; void as soon as there is a later one. */
  private final class Delivery implements Lease {
    private final Entry entry;
    private final int number;

    private Delivery(Entry entry, int number) {
      this.entry = entry;
      this.number = number;
    }

    @Override
    public MeasurementJob job() {
      return entry.job;
    }

    @Override
    public int delivery() {
      return number;
    }

    @Override
    public boolean inProgress() {
      synchronized (InProcessJobQueue.this) {
        if (cancelled()) {
          return false;
        }
        entry.leasedUntil = clock.instant().plus(leaseTime);
        return true;
      }
    }

    @Override
    public boolean cancelled() {
      synchronized (InProcessJobQueue.this) {
        return !entry.leased || entry.delivery != number || entry.future.isDone();
      }
    }

    @Override
    public boolean ack(MeasurementResult result) {
      if (!result.jobId().equals(entry.job.id()) || result.delivery() != number) {
        throw new IllegalArgumentException(
            "result of " + result.jobId() + ", delivery " + result.delivery() + ", is not this");
      }
      synchronized (InProcessJobQueue.this) {
        if (cancelled()) {
          return false;
        }
        entry.leased = false;
        entries.remove(entry.job.id(), entry);
      }
      return entry.future.complete(result);
    }

    @Override
    public void giveBack() {
      synchronized (InProcessJobQueue.this) {
        if (!cancelled()) {
          entry.leased = false;
          InProcessJobQueue.this.notifyAll();
        }
      }
    }
  }
}
