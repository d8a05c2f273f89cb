package org.hilbench.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hilbench.quantity.TargetId;
import org.hilbench.trial.Accuracy;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;

/**
 * A finished search under the names of {@code hilbench search --json}. Numbers beside a trial are
 * those of the target {@code board}; {@code on} has those of every target. What is not known is
 * left out.
 */
public final class SearchJson {
  private final Function<Trial, Path> model;
  private final TargetId target;

  private SearchJson(Function<Trial, Path> model, TargetId target) {
    this.model = model;
    this.target = target;
  }

  /**
   * @param front the points to show, in their order
   * @param model where the model of a point of the front lies
   * @param report where the page lies
   * @param targets that the search measured on, the one first whose numbers are shown
   */
  public static Map<String, Object> of(
      List<Trial> trials,
      List<Trial> front,
      Function<Trial, Path> model,
      Path report,
      List<TargetId> targets) {
    SearchJson views = new SearchJson(model, targets.get(0));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("board", views.target);
    view.put("boards", targets);
    view.put("report", report.toString());
    view.put("trials", trials.stream().map(views::trial).toList());
    view.put("front", front.stream().map(views::point).toList());
    return view;
  }

  private Map<String, Object> trial(Trial trial) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", trial.number());
    view.put("rung", trial.rung());
    view.put("parents", trial.parents());
    view.put("startedAt", trial.startedAt());
    view.put("outcome", trial.outcome().word());
    view.put("architecture", trial.architecture());
    view.put(
        "reason",
        trial.outcome().fold(yes -> null, Outcome.Rejected::reason, Outcome.Failed::reason));
    if (trial.outcome() instanceof Outcome.Evaluated evaluated) {
      view.put("accuracy", evaluated.accuracy().int8Validation());
      numbers(view, evaluated);
    } else if (!trial.outcome().on().isEmpty()) {
      view.put("on", on(trial.outcome()));
    }
    return view;
  }

  private Map<String, Object> point(Trial trial) {
    Outcome.Evaluated evaluated = (Outcome.Evaluated) trial.outcome(); // as all points of a front
    Accuracy accuracy = evaluated.accuracy();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", trial.number());
    view.put("rung", trial.rung());
    view.put("architecture", trial.architecture());
    view.put("fidelity", trial.finalVersion() ? "final" : "search");
    view.put("accuracy", accuracy.int8Validation());
    accuracy.int8Test().ifPresent(test -> view.put("testAccuracy", test));
    view.put("floatAccuracy", accuracy.floatValidation());
    numbers(view, evaluated);
    view.put("model", model.apply(trial).toString());
    return view;
  }

  private void numbers(Map<String, Object> view, Outcome.Evaluated evaluated) {
    view.putAll(MeasurementJson.numbers(evaluated.on(target)));
    view.put("on", on(evaluated));
  }

  /** Of every board that took it. */
  private static Map<String, Object> on(Outcome outcome) {
    Map<String, Object> on = new LinkedHashMap<>();
    outcome.on().forEach((id, numbers) -> on.put(id.toString(), MeasurementJson.numbers(numbers)));
    return on;
  }
}
