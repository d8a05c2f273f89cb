package org.hilbench.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.graph.Shape;
import org.hilbench.report.HtmlReport;
import org.hilbench.report.ReportData;
import org.hilbench.report.SearchJson;
import org.hilbench.search.Goal;
import org.hilbench.store.DataShape;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.TrialStore;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;

/** What an experiment came to, so far. */
public final class ExperimentResult {
  private final TrialStore store;
  private final RunFolder folder;
  private final SearchSettings settings;
  private final Goal goal;
  private final ExperimentRecord experiment;
  private final StoredTrials trials;
  private final Front front;

  private ExperimentResult(
      TrialStore store, RunFolder folder, SearchSettings settings, ExperimentRecord experiment)
      throws BenchException {
    this.store = store;
    this.folder = folder;
    this.settings = settings;
    this.goal = settings.goal();
    this.experiment = experiment;
    this.trials = StoredTrials.read(store);
    this.front = Front.of(trials, goal);
  }

  /**
   * Of what is stored now, whether or not the search has ended.
   *
   * @param providers what its settings may name
   */
  public static ExperimentResult of(TrialStore store, RunFolder folder, Providers providers)
      throws BenchException {
    ExperimentRecord experiment =
        store
            .experiment()
            .orElseThrow(
                () ->
                    BenchException.usage(
                        Stage.REPORT, folder.path() + " holds a search that never began"));
    SearchSettings settings = new SettingsReader(providers).parse(experiment.flags());
    return new ExperimentResult(store, folder, settings, experiment);
  }

  public Goal goal() {
    return goal;
  }

  /**
   * The points to show, the most accurate first; none where no trial was within the constraints.
   */
  public List<Trial> front() {
    return front.shown();
  }

  /** Writes the models of the front and the page into the folder. */
  public void write() throws BenchException {
    for (Trial trial : front.shown()) {
      folder.write(folder.model(trial), store.artifact(trial, Artifact.MODEL).bytes());
    }
    folder.write(folder.report(), HtmlReport.render(report()).getBytes(StandardCharsets.UTF_8));
  }

  /** Under the names of {@code hilbench search --json}. */
  public Map<String, Object> json() {
    return SearchJson.of(
        trials.searched(), front.shown(), folder::model, folder.report(), settings.targets());
  }

  /** As the search began, or as the models say that an older version made. */
  private Optional<DataShape> dataShape() throws BenchException {
    Optional<Trial> evaluated =
        trials.searched().stream()
            .filter(trial -> trial.outcome() instanceof Outcome.Evaluated)
            .findFirst();
    if (experiment.data().isPresent() || evaluated.isEmpty()) {
      return experiment.data();
    }
    return dataShape(store.artifact(evaluated.get(), Artifact.MODEL).bytes());
  }

  private static Optional<DataShape> dataShape(byte[] file) {
    try {
      TfliteModel model = TfliteModel.parse(file);
      List<Integer> image = model.inputTensor().shape();
      List<Integer> logits = model.outputTensor().shape();
      return image.size() == 4 && logits.size() == 2
          ? Optional.of(
              new DataShape(new Shape(image.get(1), image.get(2), image.get(3)), logits.get(1)))
          : Optional.empty();
    } catch (BenchException e) {
      return Optional.empty(); // the networks are then not drawn
    }
  }

  /** What the page and the table show. */
  public ReportData report() throws BenchException {
    Set<Integer> numbers = front.shown().stream().map(Trial::number).collect(Collectors.toSet());
    Map<Integer, String> models = new TreeMap<>();
    for (Trial trial : front.shown()) {
      Path model = folder.path().relativize(folder.model(trial));
      models.put(trial.number(), model.toString());
    }
    return new ReportData(
        settings.dataset() + " on " + settings.targets().get(0),
        "./hilbench search " + settings.commandLine(),
        experiment,
        settings.targets().get(0),
        dataShape(),
        trials.all(),
        numbers,
        goal.constraints(),
        models);
  }
}
