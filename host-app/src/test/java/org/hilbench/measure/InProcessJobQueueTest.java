package org.hilbench.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

final class InProcessJobQueueTest extends JobQueueContract {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  @Override
  protected JobQueue open() {
    return new InProcessJobQueue(LEASE, now::get);
  }

  @Override
  protected void leaseTimePasses() {
    now.updateAndGet(instant -> instant.plus(LEASE));
  }
}
