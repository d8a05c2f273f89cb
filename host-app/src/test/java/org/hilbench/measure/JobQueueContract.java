package org.hilbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every job queue does; an implementation supplies a queue and lets its lease time pass. */
public abstract class JobQueueContract {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Set<String> ANY = Set.of();

  private JobQueue queue;

  protected abstract JobQueue open();

  /** Lets more than the lease time pass. */
  protected abstract void leaseTimePasses() throws InterruptedException;

  @BeforeEach
  void openQueue() {
    queue = open();
  }

  @AfterEach
  void closeQueue() {
    queue.close();
  }

  @Test
  void jobsComeInTheirOrderAndResultsReachTheirFutures() throws Exception {
    var first = queue.submit(job("1", "a"));
    var second = queue.submit(job("2", "a"));
    JobQueue.Lease one = lease(ANY);
    JobQueue.Lease two = lease(ANY);
    assertEquals("1", one.job().id());
    assertTrue(two.ack(result(two)));
    assertTrue(one.ack(result(one)));
    assertEquals("1", first.get(60, TimeUnit.SECONDS).jobId());
    assertEquals("2", second.get(60, TimeUnit.SECONDS).jobId());
    assertTrue(queue.lease(ANY, SOON).isEmpty());
  }

  @Test
  void aBenchGetsOnlyJobsForItsBoards() throws Exception {
    var unused = queue.submit(job("1", "a"));
    var unused2 = queue.submit(job("2", "b"));
    assertEquals("2", lease(Set.of("b", "c")).job().id());
    assertTrue(queue.lease(Set.of("b", "c"), SOON).isEmpty());
  }

  @Test
  void theSameIdIsTheSameJob() throws Exception {
    var first = queue.submit(job("1", "a"));
    assertSame(first, queue.submit(job("1", "a")));
    lease(ANY);
    assertTrue(queue.lease(ANY, SOON).isEmpty());
  }

  @Test
  void aSilentBenchLosesItsJobAndItsLateResultIsNotTaken() throws Exception {
    var future = queue.submit(job("1", "a"));
    JobQueue.Lease silent = lease(ANY);
    leaseTimePasses();
    JobQueue.Lease again = lease(ANY);
    assertEquals(2, again.delivery());
    assertTrue(silent.cancelled());
    assertFalse(silent.inProgress());
    assertFalse(silent.ack(result(silent)));
    silent.giveBack();
    assertTrue(again.ack(result(again)));
    assertEquals(2, future.get(60, TimeUnit.SECONDS).delivery());
  }

  @Test
  void aBenchThatSaysItWorksKeepsItsJob() throws Exception {
    var future = queue.submit(job("1", "a"));
    JobQueue.Lease lease = lease(ANY);
    leaseTimePasses();
    assertTrue(lease.inProgress(), "nobody else asked meanwhile");
    assertTrue(queue.lease(ANY, Duration.ofMillis(1)).isEmpty());
    assertTrue(lease.ack(result(lease)));
    assertEquals(1, future.get(60, TimeUnit.SECONDS).delivery());
  }

  @Test
  void aJobGivenBackGoesToTheNext() throws Exception {
    var unused = queue.submit(job("1", "a"));
    lease(ANY).giveBack();
    assertEquals(2, lease(ANY).delivery());
  }

  @Test
  void cancellingReachesTheBenchAndTheFuture() throws Exception {
    CompletableFuture<MeasurementResult> byId = queue.submit(job("1", "a"));
    CompletableFuture<MeasurementResult> byFuture = queue.submit(job("2", "a"));
    JobQueue.Lease one = lease(ANY);
    queue.cancel("1");
    byFuture.cancel(true);
    assertTrue(one.cancelled() && byId.isCancelled());
    assertFalse(one.ack(result(one)));
    assertTrue(queue.lease(ANY, SOON).isEmpty());
    queue.cancel("no such job");
  }

  @Test
  void closingCancelsAllAndEndsWaiting() throws Exception {
    CompletableFuture<MeasurementResult> future = queue.submit(job("1", "a"));
    lease(ANY);
    CompletableFuture<Optional<JobQueue.Lease>> waiting =
        CompletableFuture.supplyAsync(this::leaseForLong);
    queue.close();
    assertTrue(waiting.get(60, TimeUnit.SECONDS).isEmpty());
    assertTrue(future.isCancelled());
  }

  @Test
  void aResultOfAnotherJobIsTheCallersBug() throws Exception {
    var unused = queue.submit(job("1", "a"));
    JobQueue.Lease lease = lease(ANY);
    MeasurementResult other =
        new MeasurementResult.Failed("9", 1, Stage.RUN, BenchException.Kind.TRIAL, "x");
    assertThrows(IllegalArgumentException.class, () -> lease.ack(other));
  }

  private Optional<JobQueue.Lease> leaseForLong() {
    try {
      return queue.lease(ANY, Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JobQueue.Lease lease(Set<String> boards) throws InterruptedException {
    return queue.lease(boards, Duration.ofMinutes(1)).orElseThrow();
  }

  private static MeasurementJob job(String id, String board) {
    return SampleMeasurement.job(id, board);
  }

  private static MeasurementResult result(JobQueue.Lease lease) {
    return new MeasurementResult.Failed(
        lease.job().id(), lease.delivery(), Stage.RUN, BenchException.Kind.TRIAL, "for the test");
  }
}
