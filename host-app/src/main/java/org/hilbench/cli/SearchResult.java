package org.hilbench.cli;

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
import org.hilbench.report.TextReport;
import org.hilbench.search.Goal;
import org.hilbench.store.DataShape;
import org.hilbench.store.Experiment;
import org.hilbench.store.TrialStore;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Fidelity;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.Trial;

/** What a search came to: written as report and models, shown as a table or JSON. */
final class SearchResult {
  private final TrialStore store;
  private final RunFolder folder;
  private final SearchSettings settings;
  private final Goal goal;
  private final Experiment experiment;

  private SearchResult(
      TrialStore store, RunFolder folder, SearchSettings settings, Experiment experiment) {
    this.store = store;
    this.folder = folder;
    this.settings = settings;
    this.goal = settings.goal();
    this.experiment = experiment;
  }

  /** Of what is stored now, whether or not the search has ended. */
  static SearchResult of(TrialStore store, RunFolder folder) throws BenchException {
    Experiment experiment =
        store
            .experiment()
            .orElseThrow(
                () ->
                    new BenchException(
                        Stage.REPORT,
                        BenchException.Kind.USAGE,
                        folder.path() + " holds a search that never began"));
    return new SearchResult(store, folder, SearchSettings.parse(experiment.flags()), experiment);
  }

  /** Writes the report and the models, and prints. */
  int show(boolean json) throws BenchException {
    Front front = Front.of(store, goal);
    for (Trial trial : front.shown()) {
      folder.write(folder.model(trial), store.artifact(trial, Artifact.MODEL).bytes());
    }
    ReportData data = reportData(front);
    folder.write(folder.report(), HtmlReport.render(data).getBytes(StandardCharsets.UTF_8));
    if (json) {
      PrintableStream.out()
          .document(
              Json.text(
                  SearchView.of(store.trials(Fidelity.SEARCH), front, folder, settings.board())));
    } else {
      PrintableStream.out().document(TextReport.render(data, Terminal.width()));
      PrintableStream.out().println("report  " + folder.report());
      PrintableStream.out().println("models  " + folder.path().resolve("models"));
    }
    if (front.shown().isEmpty()) {
      PrintableStream.err()
          .println(
              "hilbench: no trial went all the way within the constraints ("
                  + (goal.constraints().isEmpty() ? "none" : goal.constraints())
                  + ")");
      return ExitCode.NO_RESULT;
    }
    return ExitCode.OK;
  }

  private String board() {
    return settings.board().get(0);
  }

  /** As the search began, or as the models say that an older version made. */
  private Optional<DataShape> dataShape() throws BenchException {
    Optional<Trial> evaluated =
        store.trials(Fidelity.SEARCH).stream()
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

  private ReportData reportData(Front front) throws BenchException {
    Set<Integer> numbers = front.shown().stream().map(Trial::number).collect(Collectors.toSet());
    Map<Integer, String> models = new TreeMap<>();
    for (Trial trial : front.shown()) {
      Path model = folder.path().relativize(folder.model(trial));
      models.put(trial.number(), model.toString());
    }
    return new ReportData(
        settings.dataset() + " on " + board(),
        "./hilbench search " + settings.commandLine(),
        experiment,
        board(),
        dataShape(),
        store.trials(Fidelity.SEARCH),
        store.trials(Fidelity.FINAL),
        numbers,
        goal.constraints(),
        models);
  }
}
