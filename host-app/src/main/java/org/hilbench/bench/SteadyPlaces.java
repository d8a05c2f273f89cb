package org.hilbench.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.measure.MeasurementJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each board stays where it was measured first, so that numbers of the board itself and of what
 * stands in for it never mix in one search: a board that is unplugged is waited for, and one that
 * is plugged in later is left alone. Safe for many threads.
 */
public final class SteadyPlaces implements Place.Finder {
  private static final Logger LOG = LoggerFactory.getLogger(SteadyPlaces.class);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Place.Finder places;
  private final Duration patience;
  private final Map<String, String> decided;

  /**
   * @param places that are chosen from
   * @param patience how long a board that was unplugged is waited for
   * @param decided by board, as {@link #decide} gave it when the search began
   */
  public SteadyPlaces(Place.Finder places, Duration patience, Map<String, String> decided) {
    this.places = places;
    this.patience = patience;
    this.decided = new TreeMap<>(decided);
  }

  /**
   * Where each of these boards is measured from now on: the word "board" for itself (any of several
   * equal ones), or the machine that simulates it, {@code qemu mps2-an386}.
   *
   * @throws BenchException if a board cannot be measured where that was decided before, or at all
   */
  public synchronized Map<String, String> decide(Collection<BoardProfile> boards)
      throws BenchException {
    Map<String, String> where = new TreeMap<>();
    for (BoardProfile board : boards) {
      String before = decided.get(board.id());
      if (before != null) {
        requireSame(board, before);
      }
      where.put(board.id(), decision(board));
    }
    return where;
  }

  private synchronized String decision(BoardProfile board) throws BenchException {
    String before = decided.get(board.id());
    if (before != null) {
      return before;
    }
    Place place = places.find(board, MeasurementJob.ON_AUTO);
    String where = place.onABoard() ? MeasurementJob.ON_BOARD : place.name();
    decided.put(board.id(), where);
    return where;
  }

  private void requireSame(BoardProfile board, String before) throws BenchException {
    Place now;
    try {
      now = places.find(board, engine(before));
    } catch (AbsentBoardException e) {
      throw moved(
          board,
          before,
          "no adopted one is plugged in now; plug it in (hilbench boards shows what is there)");
    }
    if (!now.onABoard() && !now.name().equals(before)) {
      throw moved(board, before, "its profile now names " + now.name() + "; put that back");
    }
  }

  private static BenchException moved(BoardProfile board, String before, String now) {
    return new BenchException(
        Stage.RUN,
        BenchException.Kind.ENVIRONMENT,
        board.id()
            + " was measured on "
            + (before.equals(MeasurementJob.ON_BOARD) ? "the board itself" : before)
            + " in this search, and "
            + now
            + " and go on with --resume, or begin another search in another --out");
  }

  /** The word for a job: {@code board}, {@code qemu}. */
  private static String engine(String where) {
    return where.split(" ", 2)[0];
  }

  @Override
  public Place find(BoardProfile board, String on) throws BenchException {
    if (!on.equals(MeasurementJob.ON_AUTO)) {
      return places.find(board, on);
    }
    String where = decision(board);
    return where.equals(MeasurementJob.ON_BOARD)
        ? whenItIsThere(board)
        : places.find(board, engine(where));
  }

  private Place whenItIsThere(BoardProfile board) throws BenchException {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean said = false;
    while (true) {
      try {
        return places.find(board, MeasurementJob.ON_BOARD);
      } catch (AbsentBoardException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw new BenchException(e.stage(), e.kind(), awayFor(board, e), e);
        }
        if (!said) {
          LOG.warn("{}; waiting for it for {} s", e.getMessage(), patience.toSeconds());
          said = true;
        }
      }
      pause();
    }
  }

  private String awayFor(BoardProfile board, AbsentBoardException absent) {
    return board.id()
        + " was measured on the board itself and did not come back within "
        + patience.toSeconds()
        + " s: "
        + absent.getMessage()
        + "; what was measured is kept";
  }

  private static void pause() throws BenchException {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException(
          Stage.RUN, BenchException.Kind.PASSING, "interrupted while a board was waited for", e);
    }
  }
}
