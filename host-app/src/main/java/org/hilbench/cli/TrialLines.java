package org.hilbench.cli;

import java.util.Locale;
import org.hilbench.quantity.Metric;
import org.hilbench.search.Told;
import org.hilbench.search.Verdict;

/** One line a finished trial. */
final class TrialLines {
  private final ProgressLine line;
  private final boolean severalBoards;

  TrialLines(ProgressLine line, boolean severalBoards) {
    this.line = line;
    this.severalBoards = severalBoards;
  }

  void print(Told told) {
    String rung = told.key().rung() == 0 ? "" : "rung " + told.key().rung() + "  ";
    String trial =
        String.format(Locale.ROOT, "trial %3d  %s%s", told.trial(), rung, words(told.verdict()));
    if (told.verdict() instanceof Verdict.Scored) {
      line.printFitting(trial + "  " + told.proposal().architecture().summary());
    } else {
      line.print(trial + "  " + told.proposal().architecture().summary());
    }
  }

  private String words(Verdict verdict) {
    if (verdict instanceof Verdict.Scored scored) {
      return String.join(
          "  ",
          number(scored, Metric.ACCURACY, 100, "%5.2f", "%"),
          number(scored, Metric.LATENCY, 1e3, "%7.1f", "ms"),
          number(scored, Metric.PEAK_SRAM, 1.0 / 1024, "%6.1f", "KiB SRAM"),
          number(scored, Metric.FLASH, 1.0 / 1024, "%6.1f", "KiB flash")
              + (severalBoards ? " at worst" : ""));
    }
    if (verdict instanceof Verdict.Rejected rejected) {
      return "rejected: " + rejected.reason();
    }
    return "FAILED: " + ((Verdict.Failed) verdict).reason();
  }

  /** As wide whether it is known or not. */
  private static String number(
      Verdict.Scored scored, Metric metric, double factor, String format, String unit) {
    String zero = String.format(Locale.ROOT, format, 0.0);
    return scored
            .value(metric)
            .map(value -> String.format(Locale.ROOT, format, value * factor))
            .orElse(" ".repeat(zero.length() - 1) + "-")
        + " "
        + unit;
  }
}
