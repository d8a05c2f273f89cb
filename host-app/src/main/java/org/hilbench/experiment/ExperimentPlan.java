package org.hilbench.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfiles;
import org.hilbench.data.Dataset;
import org.hilbench.desk.Home;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.UserTflm;
import org.hilbench.graph.Precision;
import org.hilbench.measure.Loading;
import org.hilbench.quantity.Constraint;
import org.hilbench.search.Goal;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.StrategyContext;
import org.hilbench.search.StrategyServices;
import org.hilbench.space.SearchSpace;
import org.hilbench.store.DataShape;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.trial.TrialPlan;

/** The settings of an experiment with everything that they name, found and checked. */
public record ExperimentPlan(
    Providers providers,
    SearchSettings settings,
    BoardProfiles boards,
    Goal goal,
    Dataset dataset,
    Optional<UserTflm> tflm) {

  /**
   * Looks up what the settings name.
   *
   * @throws BenchException (USAGE) if something is unknown or does not go together
   */
  static ExperimentPlan of(Home home, Providers providers, SearchSettings settings)
      throws BenchException {
    BoardProfiles boards = home.boards();
    for (String board : settings.board()) {
      boards.find(board);
    }
    Optional<UserTflm> tflm = TflmSetting.runtime(settings.kernels(), settings.tflm());
    try {
      requireKernelsFor(precisions(settings.quant()), settings.kernels());
      requireTargets(settings);
      return new ExperimentPlan(
          providers,
          settings.inFlight().isPresent() ? settings : settings.withInFlight(inFlight(settings)),
          boards,
          settings.goal(),
          providers.datasets().load(settings.dataset(), settings.data()),
          tflm);
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.PROPOSE, String.valueOf(e.getMessage()));
    }
  }

  /** One trial for each worker, and one for each board that measures meanwhile. */
  private static int inFlight(SearchSettings settings) {
    return Math.min(1_000, Runtime.getRuntime().availableProcessors() + settings.board().size());
  }

  /** How the search goes, of so many asks. */
  SearchPlan search(int trials) {
    return new SearchPlan(
        trials, settings.tells(), settings.window(), settings.inFlight().orElseThrow());
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

  private static void requireTargets(SearchSettings settings) {
    for (Constraint constraint : settings.goal().constraints()) {
      if (settings.targets().stream().noneMatch(constraint::holdsOn)) {
        throw new IllegalArgumentException(
            "constraint '"
                + constraint
                + "' names a board that the search does not measure on;"
                + " it measures on "
                + settings.board());
      }
    }
  }

  /** What is kept of it for as long as it lives. */
  ExperimentRecord record(Instant now, Map<String, String> on) {
    DataShape shape = new DataShape(dataset.shape(), dataset.classes());
    return new ExperimentRecord(now, settings.flags(), Optional.of(on), Optional.of(shape));
  }

  SearchSpace space() throws BenchException {
    return providers
        .spaces()
        .provider(settings.space())
        .space(dataset.shape(), dataset.classes(), precisions(settings.quant()));
  }

  SearchStrategy strategy(SearchSpace space, StrategyServices services) throws BenchException {
    StrategyContext context =
        new StrategyContext(settings.seed(), space, goal, settings.trials(), services);
    return new StrategyBlocks(providers.strategies())
        .create(settings.strategy(), settings.strategySettings(), context);
  }

  TrialPlan trials(Origin origin) {
    return new TrialPlan(
            dataset,
            settings.targets(),
            settings.kernels(),
            settings.upload() ? Loading.UPLOADED : Loading.LINKED,
            settings.quant(),
            precisions(settings.quant()).size() > 1,
            settings.seed(),
            TrainingRecipe.search().withSamples(settings.samples()),
            TrainingRecipe.finalBudget().withSamples(settings.finalSamples()),
            origin.provenance(settings))
        .with(settings.order());
  }
}
