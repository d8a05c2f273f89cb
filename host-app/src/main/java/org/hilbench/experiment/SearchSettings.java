package org.hilbench.experiment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hilbench.exec.ShellLine;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.TargetId;
import org.hilbench.search.Goal;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.TellOrder;
import org.hilbench.space.Spaces;
import org.hilbench.train.TrainingRecipe;
import org.hilbench.trial.StepOrder;

/**
 * What a search depends on. Each component, but for {@code strategySettings}, is a key of the
 * experiment file and, under nearly the same name, a flag; a flag wins over the file, the file over
 * the default.
 *
 * @param dataset name of the data set
 * @param data folder of its files; empty for the place where its package puts them
 * @param space name of the search space
 * @param board ids of the boards to measure on
 * @param strategy name of the search strategy
 * @param trials how many networks are tried
 * @param seed makes the search repeatable
 * @param kernels set of kernels in the firmware
 * @param tflm a runtime of the user's own ({@link TflmSetting}); empty for the default one
 * @param upload whether models go to resident firmware in place of an image each
 * @param quant quantization policy
 * @param objective the metrics to be as good as possible, by their words
 * @param constraint hard limits in words, {@code latency < 50 ms}
 * @param strategySettings what holds for the strategy, by key, in text form; in an experiment file
 *     they stand in a block of the strategy's own name
 * @param window trials before its own that a proposal does not wait for
 * @param inFlight how many trials are under way at once; absent until boards and workers are known
 * @param tells in which order the strategy learns of finished trials
 * @param samples training budget of a candidate, in examples
 * @param finalSamples training budget of a point of the front, in examples
 * @param steps of every candidate in their order ({@link StepOrder}); absent for the usual one
 * @param noFinal whether the best three are not trained on at the end
 */
public record SearchSettings(
    String dataset,
    String data,
    String space,
    List<String> board,
    String strategy,
    int trials,
    long seed,
    String kernels,
    String tflm,
    boolean upload,
    String quant,
    List<String> objective,
    List<String> constraint,
    Map<String, String> strategySettings,
    int window,
    Optional<Integer> inFlight,
    TellOrder tells,
    long samples,
    long finalSamples,
    Optional<List<String>> steps,
    boolean noFinal) {
  /**
   * The key that a resumed search may state anew: its trials do not depend on what follows them.
   */
  public static final String NO_FINAL = "noFinal";

  /** The component that is said in another way. */
  static final String STRATEGY_SETTINGS = "strategySettings";

  /** A component that may be absent. */
  static final String IN_FLIGHT = "inFlight";

  static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

  static final TypeReference<LinkedHashMap<String, Object>> BY_KEY = new TypeReference<>() {};

  /** The kernels of this project. */
  public static final String DEFAULT_KERNELS = "hilbench";

  public static final SearchSettings DEFAULTS =
      new SearchSettings(
          "fashion-mnist",
          "",
          Spaces.DEFAULT,
          List.of("mps2-an386"),
          "evolution",
          24,
          1,
          DEFAULT_KERNELS,
          TflmSetting.NONE,
          false,
          "int8",
          Goal.DEFAULT_OBJECTIVES.stream().map(Metric::word).toList(),
          List.of(),
          Map.of("population", "8"),
          SearchPlan.DEFAULT_WINDOW,
          Optional.empty(),
          TellOrder.BY_NUMBER,
          TrainingRecipe.search().samples(),
          TrainingRecipe.finalBudget().samples(),
          Optional.empty(),
          false);

  public SearchSettings {
    steps = steps.map(List::copyOf);
    steps.ifPresent(SearchSettings::order);
    board = List.copyOf(board);
    objective = List.copyOf(objective);
    constraint = List.copyOf(constraint);
    within(trials, 1, 1_000_000, "trials");
    strategySettings = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(strategySettings)));
    within(window, 0, 1_000, "window");
    inFlight.ifPresent(trialsAtOnce -> within(trialsAtOnce, 1, 1_000, "inFlight"));
    within(samples, 64, 1_000_000_000, "samples");
    within(finalSamples, 64, 1_000_000_000, "finalSamples");
    require(!board.isEmpty(), "board", board, "one or more");
    require(Set.copyOf(board).size() == board.size(), "board", board, "each board once");
  }

  private static void within(long value, long least, long most, String key) {
    require(value >= least, key, value, least + " or more");
    require(value <= most, key, value, most + " at most");
  }

  private static void require(boolean holds, String key, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(key + " is " + value + ", wanted: " + wanted);
    }
  }

  /** The order of every candidate's steps. */
  StepOrder order() {
    return steps.map(SearchSettings::order).orElse(StepOrder.STANDARD);
  }

  private static StepOrder order(List<String> words) {
    try {
      return StepOrder.parse(words);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("steps: " + e.getMessage(), e);
    }
  }

  /** The same with so many trials under way at once. */
  SearchSettings withInFlight(int trialsAtOnce) {
    ObjectNode all = JSON.valueToTree(this);
    return JSON.convertValue(all.put(IN_FLIGHT, trialsAtOnce), SearchSettings.class);
  }

  /** What the search is after; {@link IllegalArgumentException} says which part is malformed. */
  Goal goal() {
    return new Goal(
        Goal.parseObjectives(objective), constraint.stream().map(Constraint::parse).toList());
  }

  /** What it measures on: each board at its default operating point. */
  List<TargetId> targets() {
    return board.stream().map(TargetId::of).toList();
  }

  /** The flags that repeat this search, for a shell. */
  String commandLine() {
    Map<String, String> usual = DEFAULTS.flags();
    return flags().entrySet().stream()
        .filter(
            flag ->
                flag.getKey().equals("--seed") || !flag.getValue().equals(usual.get(flag.getKey())))
        .flatMap(flag -> SettingFlags.words(flag.getKey(), flag.getValue()))
        .collect(Collectors.collectingAndThen(Collectors.toList(), ShellLine::of));
  }

  /** By flag, in one text form each: what is kept with the experiment and compared at a resume. */
  Map<String, String> flags() {
    Map<String, Object> all = JSON.convertValue(this, BY_KEY);
    all.remove(STRATEGY_SETTINGS);
    all.values().removeIf(Objects::isNull);
    strategySettings.forEach((key, text) -> all.put(strategy + "." + key, text));
    Map<String, String> flags = new LinkedHashMap<>();
    all.forEach((key, value) -> flags.put(SettingFlags.flag(key), SettingFlags.text(value)));
    return flags;
  }

  /** The same, of these keys only. */
  Map<String, String> flags(Set<String> keys) {
    Map<String, String> flags = flags();
    flags.keySet().removeIf(flag -> !StrategyBlocks.isStated(SettingFlags.key(flag), keys));
    return flags;
  }
}
