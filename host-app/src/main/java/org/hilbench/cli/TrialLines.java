package org.hilbench.cli;

import java.util.Locale;
import org.hilbench.quantity.Metric;
import org.hilbench.search.SearchListener;
import org.hilbench.search.Told;
import org.hilbench.search.Verdict;

/** One line a finished trial, and its share of the bar. */
final class TrialLines implements SearchListener {
  private final ProgressLine line;
  private final WorkMeter meter;
  private final SearchSettings settings;

  TrialLines(ProgressLine line, WorkMeter meter, SearchSettings settings) {
    this.line = line;
    this.meter = meter;
    this.settings = settings;
  }

  @Override
  public void finished(Told told) {
    String trial = String.format(Locale.ROOT, "trial %3d  %s", told.trial(), words(told.verdict()));
    if (told.verdict() instanceof Verdict.Scored) {
      line.printFitting(trial + "  " + told.proposal().architecture().summary());
    } else {
      line.print(trial + "  " + told.proposal().architecture().summary());
    }
    meter.finished("trial " + told.trial(), (double) settings.samples());
  }

  private static String words(Verdict verdict) {
    if (verdict instanceof Verdict.Scored scored) {
      return String.format(
          Locale.ROOT,
          "%5.2f %%  %7.1f ms  %6.1f KiB SRAM  %6.1f KiB flash",
          scored.value(Metric.ACCURACY).orElse(0.0) * 100,
          scored.value(Metric.LATENCY).orElse(0.0) * 1e3,
          scored.value(Metric.PEAK_SRAM).orElse(0.0) / 1024,
          scored.value(Metric.FLASH).orElse(0.0) / 1024);
    }
    if (verdict instanceof Verdict.Rejected rejected) {
      return "rejected: " + rejected.reason();
    }
    return "FAILED: " + ((Verdict.Failed) verdict).reason();
  }
}
