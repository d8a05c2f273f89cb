package org.hilbench.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.device.LyingBoard;
import org.hilbench.fuzz.Campaign;
import org.hilbench.fuzz.CampaignResult;
import org.hilbench.measure.MeasurementResult;

/**
 * Whole jobs on boards whose replies are sound frames and false. Each has to end as a measurement
 * that this board can give, or with one line; within its time and its bytes.
 */
public final class LyingConversations implements Campaign {
  /** Of the board's own clock: all requests of a job, uploaded into RAM and flash, twice. */
  private static final Duration LONGEST = Duration.ofMinutes(40);

  private static final long MOST_BYTES = 64L << 20;
  private static final int LONGEST_LINE = 2_600;
  private static final int LINES = 20;

  private final List<LyingBench> benches;

  public LyingConversations() {
    try {
      benches =
          List.of(
              new LyingBench(false, false, false),
              new LyingBench(false, true, false),
              new LyingBench(true, false, false),
              new LyingBench(true, false, true));
    } catch (Exception e) {
      throw new IllegalStateException("the shipped profiles or the known model", e);
    }
  }

  @Override
  public CampaignResult run(long count, long seed, Log log) {
    CampaignResult.Tally tally = new CampaignResult.Tally();
    for (long number = 0; number < count; number++) {
      converse(number, seed, tally);
      if ((number + 1) % Math.max(1, count / LINES) == 0) {
        log.line((number + 1) + " conversations");
      }
    }
    return tally.result();
  }

  private void converse(long number, long seed, CampaignResult.Tally tally) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    LyingBench bench = benches.get((int) (number % benches.size()));
    RandomLies lies = new RandomLies(random.split());
    List<LyingBoard> board = new ArrayList<>();
    String which = "conversation " + number + " of seed " + seed + ": ";
    try {
      board.add(bench.board(lies));
      String ending = ending(bench, board.get(0), random);
      requireWithin(board.get(0));
      tally.good(ending);
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      tally.failed(which + e + " at " + Arrays.stream(e.getStackTrace()).limit(4).toList());
    }
  }

  private static String ending(LyingBench bench, LyingBoard board, SplittableRandom random)
      throws Exception {
    try {
      MeasurementResult result = bench.measure(board, random);
      if (result instanceof MeasurementResult.Completed completed) {
        SaneMeasurement.check(
            completed.measurement(), bench.model(), bench.board(), LyingBench.RUNS);
        return "measured";
      }
      return "rejected";
    } catch (BenchException e) {
      requireOneLine(String.valueOf(e.getMessage()));
      return e.getClass().getSimpleName();
    }
  }

  private static void requireOneLine(String message) {
    boolean shown = message.chars().allMatch(unit -> unit >= ' ' && unit != 0x7f);
    if (!shown || message.length() > LONGEST_LINE) {
      throw new AssertionError("not one line: " + message);
    }
  }

  private static void requireWithin(LyingBoard board) {
    if (board.age().compareTo(LONGEST) > 0 || board.bytesHeard() > MOST_BYTES) {
      throw new AssertionError(
          "it held the bench for " + board.age() + " and " + board.bytesHeard() + " bytes");
    }
  }
}
