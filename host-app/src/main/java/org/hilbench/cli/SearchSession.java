package org.hilbench.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfiles;
import org.hilbench.data.Dataset;
import org.hilbench.data.Datasets;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.UserTflm;
import org.hilbench.graph.Precision;
import org.hilbench.measure.Loading;
import org.hilbench.search.Goal;
import org.hilbench.search.SearchLoop;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.Strategies;
import org.hilbench.space.SearchSpace;
import org.hilbench.space.Spaces;
import org.hilbench.store.DataShape;
import org.hilbench.store.Experiment;
import org.hilbench.store.SqliteTrialStore;
import org.hilbench.store.TrialStore;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.trial.Fidelity;
import org.hilbench.trial.Trial;
import org.hilbench.trial.TrialPipeline;
import org.hilbench.trial.TrialPlan;

/** One run of {@code hilbench search}, from the settings to the report. */
final class SearchSession implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();

  private final Home home;
  private final BoardProfiles boards;
  private final RunFolder folder;
  private final TrialStore store;
  private final EarlierSearches earlier;
  private final SearchSettings settings;
  private final Goal goal;
  private final SearchSpace space;
  private final SearchStrategy strategy;
  private final Machinery machinery;
  private final Map<String, String> on;
  private final TrialPipeline pipeline;

  private SearchSession(
      Home home,
      RunFolder folder,
      TrialStore store,
      EarlierSearches earlier,
      Wanted wanted,
      Machinery machinery,
      Map<String, String> on,
      TrialPipeline pipeline) {
    this.home = home;
    this.folder = folder;
    this.store = store;
    this.earlier = earlier;
    this.boards = wanted.boards();
    this.settings = wanted.settings();
    this.goal = wanted.goal();
    this.space = wanted.space();
    this.strategy = wanted.strategy(space);
    this.machinery = machinery;
    this.on = on;
    this.pipeline = pipeline;
  }

  /**
   * Checks everything that can be checked before the first trial, then opens the store and starts
   * the machinery.
   *
   * @param stated settings that were given, by key
   * @param reuse folders of searches whose trained networks are taken from there
   * @param questions about boards that are plugged in and not adopted
   */
  static SearchSession open(
      Home home,
      RunFolder folder,
      Map<String, Object> stated,
      boolean resume,
      List<Path> reuse,
      Questions questions)
      throws BenchException {
    Wanted asked = Wanted.of(home, SearchSettings.of("the command line", stated));
    new Adopting(Desk.read(home, asked.boards()), asked.boards(), questions, PrintableStream.err())
        .beforeUse(asked.settings().board());
    EarlierSearches earlier = EarlierSearches.open(reuse);
    try {
      return open(home, folder, asked, stated, resume, earlier);
    } catch (BenchException | RuntimeException e) {
      earlier.close();
      throw e;
    }
  }

  private static SearchSession open(
      Home home,
      RunFolder folder,
      Wanted asked,
      Map<String, Object> stated,
      boolean resume,
      EarlierSearches earlier)
      throws BenchException {
    folder.create();
    TrialStore store = SqliteTrialStore.open(folder.path());
    try {
      Optional<Experiment> begun = store.experiment();
      if (resume && begun.isEmpty()) {
        throw RunFolder.nothingToResume(folder.path(), "holds a search that never began");
      }
      Wanted wanted = begun.isEmpty() ? asked : again(home, begun.get(), folder, stated, resume);
      CommandRunner runner = new ExecRunner();
      TrialPlan plan = wanted.plan(new Origin(home, runner, System.getenv()));
      Machinery machinery =
          new Machinery(
              home,
              wanted.boards(),
              runner,
              wanted.tflm(),
              wanted.settings().window() + 1,
              begun.flatMap(Experiment::on).orElse(Map.of()));
      try {
        Map<String, String> on = machinery.decide(wanted.settings().board());
        if (wanted.settings().upload()) {
          machinery.requireResident(wanted.settings().board(), wanted.settings().kernels());
        }
        if (begun.isEmpty()) {
          store.begin(
              new Experiment(
                  CLOCK.instant(),
                  wanted.settings().flags(),
                  Optional.of(on),
                  Optional.of(wanted.dataShape())));
        }
        return new SearchSession(
            home,
            folder,
            store,
            earlier,
            wanted,
            machinery,
            on,
            new TrialPipeline(
                plan,
                machinery.trainer(),
                machinery.observer(),
                machinery.evaluator(),
                machinery.references(),
                machinery.measuring(),
                earlier.after(store),
                CLOCK));
      } catch (BenchException | RuntimeException e) {
        machinery.close();
        throw e;
      }
    } catch (BenchException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The search that lies there already; what was stated now has to agree with it. */
  private static Wanted again(
      Home home, Experiment begun, RunFolder folder, Map<String, Object> stated, boolean resume)
      throws BenchException {
    if (!resume) {
      throw usage(
          folder.path()
              + " holds a search already; go on with it by --resume, or choose another --out");
    }
    SearchSettings now = SearchSettings.of("the command line", stated);
    Map<String, String> kept = new TreeMap<>(begun.flags());
    if (stated.containsKey(SearchSettings.NO_FINAL)) {
      kept.putAll(now.flags(Set.of(SearchSettings.NO_FINAL)));
    }
    begun.withFlags(kept).requireSame(now.flags(stated.keySet()));
    return Wanted.of(home, SearchSettings.parse(kept));
  }

  /** The settings with everything that they name, found and checked. */
  private record Wanted(
      SearchSettings settings,
      BoardProfiles boards,
      Goal goal,
      Dataset dataset,
      Optional<UserTflm> tflm) {

    static Wanted of(Home home, SearchSettings settings) throws BenchException {
      BoardProfiles boards = home.boards();
      for (String board : settings.board()) {
        boards.find(board);
      }
      Optional<UserTflm> tflm = FirmwareOptions.runtime(settings.kernels(), settings.tflm());
      try {
        Strategies.of(settings.strategy());
        requireKernelsFor(precisions(settings.quant()), settings.kernels());
        return new Wanted(
            settings,
            boards,
            settings.goal(),
            Datasets.standard().load(settings.dataset(), settings.data()),
            tflm);
      } catch (IllegalArgumentException e) {
        throw usage(String.valueOf(e.getMessage()));
      }
    }

    /** What each convolution may have. */
    private static List<Precision> precisions(String quant) {
      return switch (quant) {
        case "int8" -> List.of(Precision.W8A8);
        case "mixed" -> List.of(Precision.values());
        default ->
            throw new IllegalArgumentException(
                "quant '" + quant + "' is unknown; known: int8, mixed");
      };
    }

    private static void requireKernelsFor(List<Precision> precisions, String kernels) {
      if (KernelSet.parse(kernels).equals(KernelSet.REFERENCE) && precisions.size() > 1) {
        throw new IllegalArgumentException(
            "quant 'mixed' has 4-bit and 16-bit layers, for which kernels 'reference' have no code;"
                + " choose --kernels hilbench, or --quant int8");
      }
    }

    DataShape dataShape() {
      return new DataShape(dataset.shape(), dataset.classes());
    }

    SearchSpace space() {
      return Spaces.SHIPPED
          .named(Spaces.DEFAULT)
          .space(dataset.shape(), dataset.classes(), precisions(settings.quant()));
    }

    SearchStrategy strategy(SearchSpace space) {
      return Strategies.of(settings.strategy())
          .create(settings.seed(), space, goal, settings.population(), settings.trials());
    }

    TrialPlan plan(Origin origin) {
      return new TrialPlan(
          dataset,
          settings.board(),
          settings.kernels(),
          settings.upload() ? Loading.UPLOADED : Loading.LINKED,
          settings.quant(),
          precisions(settings.quant()).size() > 1,
          settings.seed(),
          TrainingRecipe.search().withSamples(settings.samples()),
          TrainingRecipe.finalBudget().withSamples(settings.finalSamples()),
          origin.provenance(settings));
    }
  }

  /**
   * Searches, trains the best on, and shows the result.
   *
   * @param goOn the command that goes on where this run is stopped
   */
  int run(String goOn, boolean json) throws BenchException, InterruptedException {
    boolean withFinal = !settings.noFinal();
    List<Trial> stored = store.trials(Fidelity.SEARCH);
    try (ProgressLine line = ProgressLine.onStandardError(CLOCK)) {
      WorkMeter meter = new WorkMeter(line);
      meter.expect(
          (strategy.trials(settings.trials()) - stored.size()) * (double) settings.samples());
      meter.expect(withFinal ? FinalRound.TRAINED_ON * (double) settings.finalSamples() : 0);
      SearchLoop loop =
          new SearchLoop(
              strategy,
              new TrialStarter(pipeline, store, machinery.threads(), meter),
              new SearchPlan(
                  strategy.trials(settings.trials()),
                  settings.tells(),
                  settings.window(),
                  settings.window() + 1),
              new TrialLines(line, meter, settings));
      Interruption interruption = Interruption.stops(loop, goOn);
      introduce(line, stored.size());
      SearchLoop.Result result = loop.run(Verdicts.told(stored, store.arrivals()));
      if (result.cancelled()) {
        machinery.close();
        interruption.over(); // the process need not wait longer
        return ExitCode.INTERRUPTED;
      }
      afterwards(withFinal, meter, line);
      interruption.over();
    }
    return SearchResult.of(store, folder).show(json);
  }

  private void introduce(ProgressLine line, int stored) throws BenchException {
    line.print(headline(stored));
    for (String place : BoardRows.places(home, boards, on)) {
      line.print(place);
    }
    if (settings.upload()) {
      line.print("models are uploaded to resident firmware, flashed only where it does not run");
    }
  }

  private void afterwards(boolean withFinal, WorkMeter meter, ProgressLine line)
      throws BenchException, InterruptedException {
    FinalRound round = new FinalRound(pipeline, store, machinery.threads(), meter);
    Front front = Front.of(store, goal);
    if (withFinal && !front.searched().isEmpty()) {
      List<Trial> best = FinalRound.best(front.searched());
      line.print(
          "training the best "
              + best.size()
              + " on, to "
              + settings.finalSamples()
              + " images each");
      round.trainOn(best);
      if (pipeline.plan().precisionSearched()) {
        round.inPlainPrecisions(best, space, strategy.trials(settings.trials()));
      }
    }
    round.readTestSplit(Front.of(store, goal).shown());
  }

  private String headline(int stored) {
    int others = strategy.trials(settings.trials()) - settings.trials();
    String what =
        String.format(
            Locale.ROOT,
            "%s on %s, %s, %d trials%s, seed %d",
            settings.dataset(),
            String.join(", ", settings.board()),
            settings.strategy(),
            settings.trials(),
            others == 0 ? "" : " and " + others + " in other precisions",
            settings.seed());
    return stored == 0 ? what : what + "; " + stored + " trials are stored, going on";
  }

  private static BenchException usage(String message) {
    return new BenchException(Stage.PROPOSE, BenchException.Kind.USAGE, message);
  }

  @Override
  public void close() {
    machinery.close();
    store.close();
    earlier.close();
  }
}
