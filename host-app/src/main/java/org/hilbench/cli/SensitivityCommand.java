package org.hilbench.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.Dataset;
import org.hilbench.data.Datasets;
import org.hilbench.evaluate.ProcessEvaluator;
import org.hilbench.exec.ExecRunner;
import org.hilbench.experiment.RunFolder;
import org.hilbench.experiment.SearchSettings;
import org.hilbench.graph.Graph;
import org.hilbench.graph.WeightsFile;
import org.hilbench.report.Json;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialStore;
import org.hilbench.train.ProcessTrainer;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Fidelity;
import org.hilbench.trial.Sensitivity;
import org.hilbench.trial.SensitivityStage;
import org.hilbench.trial.Trial;
import org.hilbench.worker.WorkerPool;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hilbench sensitivity}. */
@Command(
    name = "sensitivity",
    description = "What each layer of a trial costs in accuracy when it alone drops to 4 bits.",
    mixinStandardHelpOptions = true)
final class SensitivityCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of the search.")
  private @Nullable Path directory;

  @Parameters(index = "1", paramLabel = "TRIAL", description = "Number of the trial.")
  private int number;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws BenchException {
    RunFolder folder = RunFolder.existing(Objects.requireNonNull(directory));
    try (TrialStore store = SqliteTrialStore.openToRead(folder.path())) {
      Trial trial = trial(store, folder);
      byte[] weights = store.artifact(trial, Artifact.WEIGHTS).bytes();
      Sensitivity sensitivity = measure(settings(store, folder), trial, weights);
      PrintableStream.out().document(json ? Json.text(sensitivity) : table(sensitivity));
    }
    return ExitCode.OK;
  }

  private Trial trial(TrialStore store, RunFolder folder) throws BenchException {
    return store.trials(Fidelity.SEARCH).stream()
        .filter(one -> one.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                BenchException.usage(Stage.EVALUATE, folder.path() + " holds no trial " + number));
  }

  private static SearchSettings settings(TrialStore store, RunFolder folder) throws BenchException {
    ExperimentRecord experiment =
        store
            .experiment()
            .orElseThrow(
                () -> BenchException.usage(Stage.EVALUATE, folder.path() + " holds no search"));
    return SearchSettings.parse(experiment.flags());
  }

  private static Sensitivity measure(SearchSettings settings, Trial trial, byte[] weights)
      throws BenchException {
    Dataset dataset = Datasets.standard().load(settings.dataset(), settings.data());
    Graph graph = trial.architecture().toGraph(dataset.shape(), dataset.classes());
    int workers = Runtime.getRuntime().availableProcessors();
    try (WorkerPool pool = WorkerPool.open(new ExecRunner(), ProcessTrainer.workers(workers))) {
      return new SensitivityStage(dataset, new ProcessEvaluator(pool), Integer.MAX_VALUE)
          .of("trial " + trial.number(), trial.architecture(), WeightsFile.parse(weights, graph));
    }
  }

  private static String table(Sensitivity sensitivity) {
    StringBuilder text = new StringBuilder();
    line(text, "int8 accuracy %.2f %%; each layer alone in 4 bits:", 100 * sensitivity.int8());
    line(text, "%5s  %-22s %9s %12s %10s", "node", "layer", "weights", "bytes saved", "lost");
    for (Sensitivity.Layer layer : sensitivity.layers()) {
      line(
          text,
          "%5d  %-22s %,9d %,12d %7.2f pp",
          layer.node(),
          layer.op(),
          layer.weights(),
          layer.weights() / 2,
          100 * sensitivity.lost(layer));
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
