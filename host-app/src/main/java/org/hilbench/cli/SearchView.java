package org.hilbench.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hilbench.measure.Measurement;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;

/** A finished search under the names of {@code hilbench search --json}. */
final class SearchView {
  private SearchView() {}

  static Map<String, Object> of(List<Trial> trials, Front front, RunFolder folder, String board) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("board", board);
    view.put("report", folder.report().toString());
    view.put("trials", trials.stream().map(SearchView::trial).toList());
    view.put("front", front.shown().stream().map(trial -> point(trial, folder, board)).toList());
    return view;
  }

  private static Map<String, Object> trial(Trial trial) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", trial.number());
    view.put("parents", trial.parents());
    view.put("startedAt", trial.startedAt());
    view.put("outcome", trial.outcome().word());
    view.put("architecture", trial.architecture());
    view.put(
        "reason", trial.outcome().fold(yes -> null, SearchView::reason, Outcome.Failed::reason));
    if (trial.outcome() instanceof Outcome.Evaluated evaluated) {
      view.put("accuracy", evaluated.accuracy().int8Validation());
      Measurement first = evaluated.on().values().iterator().next();
      view.put("latencyMs", first.timed().latency().value() * 1e3);
      view.put("peakSramBytes", MeasurementView.whole(first.sram().peak()));
      view.put("flashBytes", MeasurementView.whole(first.flash().total()));
      view.put("modelSha256", first.modelSha256());
      loading(view, first);
    }
    return view;
  }

  private static String reason(Outcome.Rejected rejected) {
    return String.format(
        Locale.ROOT,
        "%s of %s: needs %.0f, has %.0f",
        rejected.what(),
        rejected.boardId(),
        rejected.needed().value(),
        rejected.limit().value());
  }

  private static Map<String, Object> point(Trial trial, RunFolder folder, String board) {
    Outcome.Evaluated evaluated = Front.evaluated(trial);
    Measurement measurement = evaluated.on(board);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", trial.number());
    view.put("architecture", trial.architecture());
    view.put("fidelity", trial.fidelity().name().toLowerCase(Locale.ROOT));
    view.put("accuracy", evaluated.accuracy().int8Validation());
    view.put(
        "testAccuracy",
        evaluated.accuracy().int8Test().isPresent()
            ? evaluated.accuracy().int8Test().getAsDouble()
            : null);
    view.put("floatAccuracy", evaluated.accuracy().floatValidation());
    view.put("latencyMs", measurement.timed().latency().value() * 1e3);
    view.put(
        "instructions",
        measurement.timed().instructions().map(MeasurementView::whole).orElse(null));
    view.put("peakSramBytes", MeasurementView.whole(measurement.sram().peak()));
    view.put("flashBytes", MeasurementView.whole(measurement.flash().total()));
    view.put("macs", MeasurementView.whole(measurement.macs()));
    view.put("params", MeasurementView.whole(measurement.params()));
    view.put("origin", measurement.timed().latency().origin());
    loading(view, measurement);
    view.put("model", folder.model(trial).toString());
    return view;
  }

  private static void loading(Map<String, Object> view, Measurement measurement) {
    view.put("loading", MeasurementView.word(measurement.loading()));
    view.put("modelPlace", MeasurementView.modelPlace(measurement));
    view.put("linkedBecause", measurement.linkedBecause().orElse(null));
  }
}
