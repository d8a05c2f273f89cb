package org.hilbench.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hilbench.measure.JobQueue;

/**
 * One worker for each place, so that no board waits while another is measured: one for each kind of
 * board, and one more for each further board of that kind that is attached.
 */
public final class BenchWorkers implements AutoCloseable {
  private final List<BenchWorker> workers = new ArrayList<>();

  private BenchWorkers() {}

  /**
   * Starts them.
   *
   * @param places how many places there are, by id of the board; 1 or more each
   */
  public static BenchWorkers start(JobQueue queue, Bench bench, Map<String, Integer> places) {
    BenchWorkers all = new BenchWorkers();
    places.forEach(
        (board, count) -> {
          for (int i = 0; i < count; i++) {
            all.workers.add(BenchWorker.start(queue, bench, Set.of(board)));
          }
        });
    return all;
  }

  /** As {@link BenchWorker#close}, all of them. */
  @Override
  public void close() {
    workers.forEach(BenchWorker::close);
  }
}
