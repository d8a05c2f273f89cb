package org.hilbench.experiment;

import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.data.Dataset;
import org.hilbench.evaluate.ProcessEvaluator;
import org.hilbench.exec.ExecRunner;
import org.hilbench.graph.Graph;
import org.hilbench.graph.WeightsFile;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialStore;
import org.hilbench.train.ProcessTrainer;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Sensitivity;
import org.hilbench.trial.SensitivityStage;
import org.hilbench.trial.Trial;
import org.hilbench.worker.WorkerPool;

/** An experiment as it is kept in its folder, open to read; another process may go on with it. */
public final class StoredExperiment implements AutoCloseable {
  private final RunFolder folder;
  private final Providers providers;
  private final TrialStore store;

  private StoredExperiment(RunFolder folder, Providers providers, TrialStore store) {
    this.folder = folder;
    this.providers = providers;
    this.store = store;
  }

  /**
   * Opens it.
   *
   * @param providers what its settings may name
   */
  public static StoredExperiment open(RunFolder folder, Providers providers) throws BenchException {
    TrialStore store = SqliteTrialStore.openToRead(folder.path(), providers.spaces());
    return new StoredExperiment(folder, providers, store);
  }

  /** What it came to so far. */
  public ExperimentResult result() throws BenchException {
    return ExperimentResult.of(store, folder, providers);
  }

  /** What each layer of a trial costs in accuracy when it alone drops to 4 bits, measured now. */
  public Sensitivity sensitivity(int trial) throws BenchException {
    Trial searched =
        StoredTrials.read(store).searched().stream()
            .filter(one -> one.number() == trial)
            .findFirst()
            .orElseThrow(() -> usage("holds no trial " + trial));
    ExperimentRecord record = store.experiment().orElseThrow(() -> usage("holds no search"));
    SearchSettings settings = new SettingsReader(providers).parse(record.flags());
    Dataset dataset = providers.datasets().load(settings.dataset(), settings.data());
    Graph graph = searched.architecture().toGraph(dataset.shape(), dataset.classes());
    byte[] weights = store.artifact(searched, Artifact.WEIGHTS).bytes();
    int workers = Runtime.getRuntime().availableProcessors();
    try (WorkerPool pool = WorkerPool.open(new ExecRunner(), ProcessTrainer.workers(workers))) {
      return new SensitivityStage(dataset, new ProcessEvaluator(pool), Integer.MAX_VALUE)
          .of("trial " + trial, searched.architecture(), WeightsFile.parse(weights, graph));
    }
  }

  private BenchException usage(String why) {
    return BenchException.usage(Stage.EVALUATE, folder.path() + " " + why);
  }

  @Override
  public void close() {
    store.close();
  }
}
