package org.hilbench.experiment;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.desk.Home;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.search.Rung;
import org.hilbench.search.SearchLoop;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.Told;
import org.hilbench.space.SearchSpace;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialStore;
import org.hilbench.trial.Trial;
import org.hilbench.trial.TrialPipeline;
import org.hilbench.trial.TrialPlan;
import org.jspecify.annotations.Nullable;

/**
 * One experiment from its settings to its front: a search with everything that it needs, and no
 * terminal. What is finished is stored at once, so that whoever opens the folder again goes on.
 *
 * <p>{@link #run} is called once; {@link #cancel} may come from any thread.
 */
public final class Experiment implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();

  private final RunFolder folder;
  private final TrialStore store;
  private final EarlierSearches earlier;
  private final ExperimentPlan plan;
  private final SearchSpace space;
  private final SearchStrategy strategy;
  private final Machinery machinery;
  private final Map<String, String> on;
  private final TrialPipeline pipeline;
  private final List<Told> stored;
  private volatile @Nullable SearchLoop loop;
  private volatile boolean cancelled;

  private Experiment(
      RunFolder folder,
      TrialStore store,
      EarlierSearches earlier,
      ExperimentPlan plan,
      SearchStrategy strategy,
      Machinery machinery,
      Map<String, String> on,
      TrialPipeline pipeline)
      throws BenchException {
    this.folder = folder;
    this.store = store;
    this.earlier = earlier;
    this.plan = plan;
    this.space = plan.space();
    this.strategy = strategy;
    this.machinery = machinery;
    this.on = Map.copyOf(on);
    this.pipeline = pipeline;
    this.stored = StoredTrials.read(store).told();
  }

  /**
   * How an experiment is opened.
   *
   * @param folder where it is kept
   * @param stated the settings that were given, by key; an experiment that is kept there already
   *     has to agree with them
   * @param resume whether it goes on with what is kept there
   * @param reuse folders of searches whose trained networks are taken from there
   * @param compiles hears of what is compiled once
   * @param providers what its settings may name
   */
  public record Opening(
      RunFolder folder,
      Map<String, Object> stated,
      boolean resume,
      List<Path> reuse,
      CompileWatcher compiles,
      Providers providers) {
    private static final String FROM = "the command line";

    public Opening {
      stated = Map.copyOf(stated);
      reuse = List.copyOf(reuse);
      Objects.requireNonNull(providers);
    }

    /** Of one that names what comes with hilbench. */
    public Opening(
        RunFolder folder,
        Map<String, Object> stated,
        boolean resume,
        List<Path> reuse,
        CompileWatcher compiles) {
      this(folder, stated, resume, reuse, compiles, Providers.standard());
    }

    /** What is asked for, before anything is opened. */
    public ExperimentPlan plan(Home home) throws BenchException {
      return ExperimentPlan.of(home, providers, settings());
    }

    private SearchSettings settings() throws BenchException {
      return reader().of(FROM, stated);
    }

    private SettingsReader reader() {
      return new SettingsReader(providers);
    }
  }

  /**
   * Checks everything that can be checked before the first trial, then opens the store and starts
   * the machinery.
   *
   * @param asked {@link Opening#plan}; another, the stored one, holds for an experiment that goes
   *     on
   */
  public static Experiment open(Home home, Opening opening, ExperimentPlan asked)
      throws BenchException {
    EarlierSearches earlier = EarlierSearches.open(opening.reuse(), opening.providers().spaces());
    try {
      return open(home, opening, asked, earlier);
    } catch (BenchException | RuntimeException e) {
      earlier.close();
      throw e;
    }
  }

  private static Experiment open(
      Home home, Opening opening, ExperimentPlan asked, EarlierSearches earlier)
      throws BenchException {
    RunFolder folder = opening.folder();
    folder.create();
    TrialStore store = SqliteTrialStore.open(folder.path(), opening.providers().spaces());
    try {
      Optional<ExperimentRecord> begun = store.experiment();
      if (opening.resume() && begun.isEmpty()) {
        throw RunFolder.nothingToResume(folder.path(), "holds a search that never began");
      }
      ExperimentPlan plan = begun.isEmpty() ? asked : again(home, begun.get(), opening);
      CommandRunner runner = new ExecRunner();
      Map<String, String> decided = begun.flatMap(ExperimentRecord::on).orElse(Map.of());
      Machinery machinery = new Machinery(home, plan, runner, opening.compiles(), decided);
      try {
        Map<String, String> on = machinery.decide(plan.settings().board());
        if (plan.settings().upload()) {
          machinery.requireResident(plan.settings().board(), plan.settings().kernels());
        }
        SearchStrategy strategy =
            plan.strategy(plan.space(), machinery.services(folder, plan.dataset().reference()));
        TrialPlan trials =
            plan.trials(new Origin(home, runner, System.getenv())).withRungs(strategy.rungs());
        if (begun.isEmpty()) {
          store.begin(plan.record(CLOCK.instant(), on));
        }
        TrialPipeline pipeline = machinery.pipeline(trials, earlier.after(store), CLOCK);
        return new Experiment(folder, store, earlier, plan, strategy, machinery, on, pipeline);
      } catch (BenchException | RuntimeException e) {
        machinery.close();
        throw e;
      }
    } catch (BenchException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The experiment that lies there already; what was stated now has to agree with it. */
  private static ExperimentPlan again(Home home, ExperimentRecord begun, Opening opening)
      throws BenchException {
    if (!opening.resume()) {
      throw BenchException.usage(
          Stage.PROPOSE,
          opening.folder().path()
              + " holds a search already; go on with it by --resume, or choose another --out");
    }
    SearchSettings now = opening.settings();
    Map<String, String> kept = new TreeMap<>(opening.reader().begun(begun.flags()).flags());
    if (opening.stated().containsKey(SearchSettings.NO_FINAL)) {
      kept.putAll(now.flags(Set.of(SearchSettings.NO_FINAL)));
    }
    begun.withFlags(kept).requireSame(now.flags(opening.stated().keySet()));
    return ExperimentPlan.of(home, opening.providers(), opening.reader().parse(kept));
  }

  /** What it goes by: as asked for, or as it was begun. */
  public ExperimentPlan plan() {
    return plan;
  }

  /** Where each board is measured, by its id: {@code board}, or the machine that simulates it. */
  public Map<String, String> on() {
    return on;
  }

  /** How many trials it takes in all, promotions and other precisions of networks among them. */
  public int trials() {
    return strategy.trials(plan.settings().trials());
  }

  /** The rungs that it takes trials to: one, unless its strategy promotes some. */
  public List<Rung> rungs() {
    return pipeline.plan().rungs();
  }

  /** How many of them were stored when it was opened. */
  public int stored() {
    return stored.size();
  }

  /**
   * Searches, trains the best on, and reads the front on the test split; what is stored already is
   * not done again.
   *
   * @return what it came to; empty where it was cancelled
   */
  public Optional<ExperimentResult> run(ExperimentListener listener)
      throws BenchException, InterruptedException {
    SearchSettings settings = plan.settings();
    double samplesEach = (double) pipeline.plan().anew(0).samples();
    listener.expected((trials() - stored.size()) * samplesEach);
    listener.expected(
        settings.noFinal() ? 0 : FinalRound.TRAINED_ON * (double) settings.finalSamples());
    TrialStarter starter = new TrialStarter(pipeline, store, machinery.threads(), listener);
    SearchLoop.Result result = begun(starter, listener).run(stored);
    if (result.cancelled()) {
      machinery.close();
      return Optional.empty();
    }
    afterwards(listener);
    return Optional.of(ExperimentResult.of(store, folder, plan.providers()));
  }

  private SearchLoop begun(TrialStarter starter, ExperimentListener listener) {
    SearchLoop begun = new SearchLoop(strategy, starter, plan.search(trials()), listener);
    loop = begun;
    if (cancelled) {
      begun.cancel();
    }
    return begun;
  }

  /** Ends the search of {@link #run} within a moment; trials under way are not told. */
  public void cancel() {
    cancelled = true;
    SearchLoop running = loop;
    if (running != null) {
      running.cancel();
    }
  }

  private void afterwards(ExperimentListener listener) throws BenchException, InterruptedException {
    FinalRound round = new FinalRound(pipeline, store, machinery.threads(), listener);
    Front front = Front.of(store, plan.goal());
    if (!plan.settings().noFinal() && !front.searched().isEmpty()) {
      List<Trial> best = FinalRound.best(front.searched());
      listener.trainsOn(best.size(), plan.settings().finalSamples());
      round.trainOn(best);
      if (pipeline.plan().precisionSearched()) {
        round.inPlainPrecisions(best, space, trials());
      }
    }
    round.readTestSplit(Front.of(store, plan.goal()).shown());
  }

  @Override
  public void close() {
    machinery.close();
    store.close();
    earlier.close();
  }
}
