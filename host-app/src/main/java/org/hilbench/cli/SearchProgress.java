package org.hilbench.cli;

import java.util.Locale;
import org.hilbench.BenchException;
import org.hilbench.desk.BoardRows;
import org.hilbench.desk.Home;
import org.hilbench.experiment.Experiment;
import org.hilbench.experiment.ExperimentListener;
import org.hilbench.experiment.SearchSettings;
import org.hilbench.search.Told;
import org.hilbench.worker.Progress;

/** A search on standard error: what it is, a line a trial, and the bar. */
final class SearchProgress implements ExperimentListener {
  private final ProgressLine line;
  private final WorkMeter meter;
  private final TrialLines trials;

  SearchProgress(ProgressLine line, SearchSettings settings) {
    this.line = line;
    this.meter = new WorkMeter(line);
    this.trials = new TrialLines(line, settings.board().size() > 1);
  }

  /** Says what is searched, and what it is measured on. */
  void introduce(Home home, Experiment experiment) throws BenchException {
    line.print(headline(experiment));
    for (String place : BoardRows.places(home, experiment.plan().boards(), experiment.on())) {
      line.print(place);
    }
    if (experiment.plan().settings().upload()) {
      line.print("models are uploaded to resident firmware, flashed only where it does not run");
    }
  }

  private static String headline(Experiment experiment) {
    SearchSettings settings = experiment.plan().settings();
    int others = experiment.trials() - settings.trials();
    String what =
        String.format(
            Locale.ROOT,
            "%s on %s, %s, %d trials%s, seed %d",
            settings.dataset(),
            String.join(", ", settings.board()),
            settings.strategy(),
            settings.trials(),
            others == 0 ? "" : " and " + others + more(experiment),
            settings.seed());
    int stored = experiment.stored();
    return stored == 0 ? what : what + "; " + stored + " trials are stored, going on";
  }

  private static String more(Experiment experiment) {
    return experiment.rungs().size() > 1 ? " promotions" : " in other precisions";
  }

  @Override
  public void expected(double samples) {
    meter.expect(samples);
  }

  @Override
  public Progress training(String name) {
    return meter.progressOf(name);
  }

  @Override
  public void worked(String name, double samples) {
    meter.finished(name, samples);
  }

  @Override
  public void finished(Told told) {
    trials.print(told);
  }

  @Override
  public void trainsOn(int networks, long samplesEach) {
    line.print("training the best " + networks + " on, to " + samplesEach + " examples each");
  }
}
