package org.hilbench.experiment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.StrictYaml;
import org.hilbench.exec.ShellLine;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;
import org.hilbench.search.Goal;
import org.hilbench.search.SearchPlan;
import org.hilbench.search.Strategies;
import org.hilbench.search.TellOrder;
import org.hilbench.train.TrainingRecipe;

/**
 * What a search depends on. Each component, but for {@code strategySettings}, is a key of the
 * experiment file and, under nearly the same name, a flag; a flag wins over the file, the file over
 * the default.
 *
 * @param dataset name of the data set
 * @param data folder of its files; empty for the place where its package puts them
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
 * @param samples training budget of a candidate, in images
 * @param finalSamples training budget of a point of the front, in images
 * @param noFinal whether the best three are not trained on at the end
 */
public record SearchSettings(
    String dataset,
    String data,
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
    boolean noFinal) {
  private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();
  private static final TypeReference<LinkedHashMap<String, Object>> BY_KEY =
      new TypeReference<>() {};

  /**
   * The key that a resumed search may state anew: its trials do not depend on what follows them.
   */
  public static final String NO_FINAL = "noFinal";

  /** The keys whose value is a list. */
  private static final Set<String> SEVERAL = Set.of("board", "objective", "constraint");

  /** The keys that are false unless their flag is given, which takes no value. */
  private static final Set<String> YES_OR_NO = Set.of("upload", NO_FINAL);

  private static final Set<String> NUMBERS =
      Set.of("trials", "seed", "population", "window", "inFlight", "samples", "finalSamples");

  /** The component that is said in another way. */
  private static final String STRATEGY_SETTINGS = "strategySettings";

  /** The component that has no default. */
  private static final String IN_FLIGHT = "inFlight";

  /** Sets one entry of a strategy's block. */
  private static final String SET = "--set ";

  /** As {@link TellOrder} is written. */
  private static final List<String> TELL_ORDERS =
      Arrays.stream(TellOrder.values())
          .map(order -> JSON.convertValue(order, String.class))
          .toList();

  public static final SearchSettings DEFAULTS =
      new SearchSettings(
          "fashion-mnist",
          "",
          List.of("mps2-an386"),
          "evolution",
          24,
          1,
          "hilbench",
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
          false);

  public SearchSettings {
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

  /**
   * The keys of an experiment file with their values, checked, in the file's order; the settings of
   * a strategy one by one, as {@code evolution.population}.
   */
  public static Map<String, Object> read(Path file) throws BenchException {
    String where = "experiment file " + file;
    JsonNode tree = StrictYaml.tree(StrictYaml.text(file), where);
    if (!tree.isObject()) {
      throw BenchException.usage(
          Stage.PROPOSE, where + " says no keys; known: " + known(Strategies.standard()));
    }
    Map<String, Object> stated = JSON.convertValue(tree, BY_KEY);
    Object tflm = stated.get("tflm");
    if (tflm != null) {
      stated.put("tflm", TflmSetting.textOf(tflm, folderOf(file)));
    }
    of(where, stated); // refuses what is unknown or out of range
    return StrategyBlocks.STANDARD.flat(where, stated);
  }

  private static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath();
    return absolute.getParent() == null ? absolute : absolute.getParent();
  }

  /**
   * The defaults, but for what is stated: values of the right kind, none is turned into one.
   *
   * @param where the statements come from, for messages
   */
  static SearchSettings of(String where, Map<String, ?> stated) throws BenchException {
    return of(where, stated, StrategyBlocks.STANDARD);
  }

  /** The same, where these strategies are known. */
  static SearchSettings of(String where, Map<String, ?> stated, StrategyBlocks blocks)
      throws BenchException {
    Map<String, Object> flat = blocks.flat(where, stated);
    ObjectNode all = merged(where, flat, blocks);
    requireKnown(where, "tells", all, TELL_ORDERS);
    requireKnown(where, "strategy", all, blocks.strategies().names());
    JsonNode strategy = all.get("strategy");
    if (strategy.isTextual()) {
      Map<String, String> settings = blocks.settings(where, strategy.textValue(), flat);
      all.set(STRATEGY_SETTINGS, JSON.valueToTree(settings));
    }
    return StrictYaml.bind(all, where, SearchSettings.class);
  }

  /** The defaults, but for what is stated; what a strategy is to have is left as it is. */
  private static ObjectNode merged(String where, Map<String, Object> flat, StrategyBlocks blocks)
      throws BenchException {
    ObjectNode all = JSON.valueToTree(DEFAULTS);
    for (Map.Entry<String, Object> one : flat.entrySet()) {
      String key = one.getKey();
      if (blocks.has(key)) {
        continue;
      }
      if (!all.has(key) || key.equals(STRATEGY_SETTINGS)) {
        String known = known(blocks.strategies());
        throw BenchException.usage(
            Stage.PROPOSE,
            where + ": key '" + StrictYaml.word(key) + "' is unknown; known: " + known);
      }
      JsonNode value = JSON.valueToTree(one.getValue());
      boolean alone = SEVERAL.contains(key) && value.isTextual();
      all.set(key, alone ? JSON.createArrayNode().add(value) : value);
    }
    if (!flat.containsKey(IN_FLIGHT)) {
      all.remove(IN_FLIGHT);
    }
    return all;
  }

  /** Refuses a text that is none of these; what is no text at all is refused later. */
  private static void requireKnown(String where, String key, ObjectNode all, List<String> known)
      throws BenchException {
    JsonNode value = all.get(key);
    if (value.isTextual() && !known.contains(value.textValue())) {
      String word = key + " '" + StrictYaml.word(value.textValue());
      throw BenchException.usage(
          Stage.PROPOSE, where + ": " + word + "' is unknown; known: " + String.join(", ", known));
    }
  }

  private static String known(Strategies strategies) {
    return Stream.concat(
            Arrays.stream(SearchSettings.class.getRecordComponents()).map(RecordComponent::getName),
            strategies.names().stream())
        .filter(key -> !key.equals(STRATEGY_SETTINGS))
        .sorted()
        .collect(Collectors.joining(", "));
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

  /** The flags that repeat this search, for a shell. */
  String commandLine() {
    Map<String, String> usual = DEFAULTS.flags();
    return flags().entrySet().stream()
        .filter(
            flag ->
                flag.getKey().equals("--seed") || !flag.getValue().equals(usual.get(flag.getKey())))
        .flatMap(flag -> words(flag.getKey(), flag.getValue()))
        .collect(Collectors.collectingAndThen(Collectors.toList(), ShellLine::of));
  }

  private static Stream<String> words(String flag, String text) {
    if (YES_OR_NO.contains(key(flag))) {
      return Stream.of(flag);
    }
    if (flag.startsWith(SET)) {
      return Stream.of(SET.strip(), key(flag) + "=" + text);
    }
    return value(key(flag), text, StrategyBlocks.STANDARD) instanceof List<?> several
        ? several.stream().flatMap(one -> Stream.of(flag, one.toString()))
        : Stream.of(flag, text);
  }

  /** By flag, in one text form each: what is kept with the experiment and compared at a resume. */
  Map<String, String> flags() {
    Map<String, Object> all = JSON.convertValue(this, BY_KEY);
    all.remove(STRATEGY_SETTINGS);
    all.values().removeIf(Objects::isNull);
    strategySettings.forEach((key, text) -> all.put(strategy + "." + key, text));
    Map<String, String> flags = new LinkedHashMap<>();
    all.forEach((key, value) -> flags.put(flag(key), text(value)));
    return flags;
  }

  /** The same, of these keys only. */
  Map<String, String> flags(Set<String> keys) {
    Map<String, String> flags = flags();
    flags.keySet().removeIf(flag -> !StrategyBlocks.isStated(key(flag), keys));
    return flags;
  }

  private static String flag(String key) {
    if (key.contains(".")) {
      return SET + key;
    }
    return "--" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String key(String flag) {
    if (flag.startsWith(SET)) {
      return flag.substring(SET.length());
    }
    return Pattern.compile("-([a-z])")
        .matcher(flag.substring(2))
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  private static String text(Object value) {
    return value instanceof List<?> several
        ? several.stream().map(Object::toString).collect(Collectors.joining(", "))
        : value.toString();
  }

  /** The settings that {@link #flags} was made of. */
  public static SearchSettings parse(Map<String, String> flags) throws BenchException {
    return parse(flags, StrategyBlocks.STANDARD);
  }

  /** The same, where these strategies are known. */
  static SearchSettings parse(Map<String, String> flags, StrategyBlocks blocks)
      throws BenchException {
    Map<String, Object> stated = new LinkedHashMap<>();
    flags.forEach((flag, text) -> stated.put(key(flag), value(key(flag), text, blocks)));
    return of("the stored experiment", stated, blocks);
  }

  /**
   * Those of an experiment that goes on: an older version had window + 1 trials under way at once.
   */
  static SearchSettings begun(Map<String, String> flags) throws BenchException {
    SearchSettings settings = parse(flags);
    return settings.inFlight.isPresent() ? settings : settings.withInFlight(settings.window + 1);
  }

  /** The value of a strategy's setting, such as {@code evolution.population}, from its text. */
  public static Object strategySetting(String key, String text) {
    return value(key, text, StrategyBlocks.STANDARD);
  }

  /** A key's value of its text form, where it has one; else the text, which is then refused. */
  private static Object value(String key, String text, StrategyBlocks blocks) {
    if (blocks.has(key)) {
      return blocks.value(key, text);
    }
    if (SEVERAL.contains(key)) {
      return text.isEmpty() ? List.of() : List.of(text.split(", "));
    }
    if (YES_OR_NO.contains(key) && text.matches("true|false")) {
      return Boolean.valueOf(text);
    }
    return NUMBERS.contains(key) && text.matches("-?\\d{1,30}") ? new BigInteger(text) : text;
  }
}
