package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.measure.InProcessJobQueue;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether jobs run side by side: each waits at its place for another. */
final class BenchWorkersTest {
  private static final String ONE = "mps2-an386";
  private static final String OTHER = "mps2-an500";

  private final CyclicBarrier both = new CyclicBarrier(2);

  @ParameterizedTest
  @CsvSource({ONE + ", " + OTHER + ", 1", ONE + ", " + ONE + ", 2"})
  void eachPlaceHasAWorkerOfItsOwn(String first, String second, int places) throws Exception {
    assertEquals(List.of("met", "met"), told(first, second, places, Duration.ofSeconds(30)));
  }

  @Test
  void atOnePlaceOneJobFollowsAnother() throws Exception {
    List<String> told = told(ONE, ONE, 1, Duration.ofMillis(100));
    assertEquals(List.of("alone", "alone"), told);
  }

  private List<String> told(String first, String second, int places, Duration patience)
      throws Exception {
    BoardProfiles boards = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    Bench bench =
        new Bench(boards, new LyingBench(false, true, false).builder(), meeting(patience));
    JobQueue queue = new InProcessJobQueue(Duration.ofSeconds(30), InstantSource.system());
    BenchWorkers workers = BenchWorkers.start(queue, bench, of(first, second, places));
    try {
      List<CompletableFuture<MeasurementResult>> results =
          List.of(queue.submit(job(bench, first)), queue.submit(job(bench, second)));
      return Stream.of(results.get(0).get(1, TimeUnit.MINUTES), results.get(1).get())
          .map(result -> ((MeasurementResult.Failed) result).reason())
          .toList();
    } finally {
      queue.close();
      workers.close();
    }
  }

  private static Map<String, Integer> of(String first, String second, int places) {
    return first.equals(second) ? Map.of(first, places) : Map.of(first, places, second, places);
  }

  private static MeasurementJob job(Bench bench, String board) throws Exception {
    LyingBench lying = new LyingBench(false, true, false);
    return lying.job(bench.ingredients(board, "reference"));
  }

  private Place.Finder meeting(Duration patience) {
    return (BoardProfile board, String on) ->
        new Place(
            "a meeting",
            board,
            Optional.empty(),
            List.of(),
            () -> {
              throw new BenchException(
                  Stage.RUN, BenchException.Kind.TRIAL, met(patience) ? "met" : "alone");
            });
  }

  private boolean met(Duration patience) {
    try {
      int unused = both.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | BrokenBarrierException e) {
      both.reset();
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
