package org.hilbench.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a campaign's cases.
 *
 * @param endings how many cases ended in which way, by the way's name
 * @param failures cases that ended as none may, each in one line that names what makes it again
 */
public record CampaignResult(Map<String, Long> endings, List<String> failures) {
  public CampaignResult {
    endings = new TreeMap<>(endings);
    failures = List.copyOf(failures);
  }

  /** All cases, those that failed among them. */
  public long cases() {
    return endings.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For a test: so many cases ran, and none failed. */
  public void assertAllGood(long count) {
    assertEquals(List.of(), failures);
    assertTrue(cases() >= count, () -> cases() + " of " + count + " cases ran: " + endings);
  }

  /** A result in the making; safe for many threads. */
  public static final class Tally {
    private final Map<String, Long> endings = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Counts a case that ended in a way it may. */
    public synchronized void good(String ending) {
      endings.merge(ending, 1L, Long::sum);
    }

    /** Counts a case that ended as none may. */
    public synchronized void failed(String what) {
      endings.merge("FAILED", 1L, Long::sum);
      failures.add(what);
    }

    public synchronized CampaignResult result() {
      return new CampaignResult(endings, failures);
    }
  }
}
