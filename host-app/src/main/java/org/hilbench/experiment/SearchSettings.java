package org.hilbench.experiment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
import org.hilbench.search.TellOrder;
import org.hilbench.train.TrainingRecipe;

/**
 * What a search depends on. Each component is a key of the experiment file and, under nearly the
 * same name, a flag; a flag wins over the file, the file over the default.
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
 * @param population how many candidates evolution keeps
 * @param window trials before its own that a proposal does not wait for
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
    int population,
    int window,
    TellOrder tells,
    long samples,
    long finalSamples,
    boolean noFinal) {
  private static final JsonMapper JSON = new JsonMapper();
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
      Set.of("trials", "seed", "population", "window", "samples", "finalSamples");

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
          8,
          SearchPlan.DEFAULT_WINDOW,
          TellOrder.BY_NUMBER,
          TrainingRecipe.search().samples(),
          TrainingRecipe.finalBudget().samples(),
          false);

  public SearchSettings {
    board = List.copyOf(board);
    objective = List.copyOf(objective);
    constraint = List.copyOf(constraint);
    within(trials, 1, 1_000_000, "trials");
    within(population, 2, 100_000, "population");
    within(window, 0, 1_000, "window");
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

  /** The keys of an experiment file with their values, checked, in the file's order. */
  public static Map<String, Object> read(Path file) throws BenchException {
    String where = "experiment file " + file;
    JsonNode tree = StrictYaml.tree(StrictYaml.text(file), where);
    if (!tree.isObject()) {
      throw usage(where + " says no keys; known: " + known());
    }
    Map<String, Object> stated = JSON.convertValue(tree, BY_KEY);
    Object tflm = stated.get("tflm");
    if (tflm != null) {
      stated.put("tflm", TflmSetting.textOf(tflm, folderOf(file)));
    }
    of(where, stated); // refuses what is unknown or out of range
    return stated;
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
    ObjectNode all = JSON.valueToTree(DEFAULTS);
    for (Map.Entry<String, ?> one : stated.entrySet()) {
      String key = one.getKey();
      if (!all.has(key)) {
        throw usage(where + ": key '" + StrictYaml.word(key) + "' is unknown; known: " + known());
      }
      JsonNode value = JSON.valueToTree(one.getValue());
      boolean alone = SEVERAL.contains(key) && value.isTextual();
      all.set(key, alone ? JSON.createArrayNode().add(value) : value);
    }
    JsonNode order = all.get("tells");
    if (order.isTextual() && !TELL_ORDERS.contains(order.textValue())) {
      String orders = String.join(", ", TELL_ORDERS);
      throw usage(
          where
              + ": tells '"
              + StrictYaml.word(order.textValue())
              + "' is unknown; known: "
              + orders);
    }
    return StrictYaml.bind(all, where, SearchSettings.class);
  }

  private static String known() {
    return DEFAULTS.flags().keySet().stream()
        .map(SearchSettings::key)
        .sorted()
        .collect(Collectors.joining(", "));
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
    return value(key(flag), text) instanceof List<?> several
        ? several.stream().flatMap(one -> Stream.of(flag, one.toString()))
        : Stream.of(flag, text);
  }

  private static BenchException usage(String message) {
    return new BenchException(Stage.PROPOSE, BenchException.Kind.USAGE, message);
  }

  /** By flag, in one text form each: what is kept with the experiment and compared at a resume. */
  Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    JSON.convertValue(this, BY_KEY).forEach((key, value) -> flags.put(flag(key), text(value)));
    return flags;
  }

  /** The same, of these keys only. */
  Map<String, String> flags(Set<String> keys) {
    Map<String, String> flags = flags();
    flags.keySet().removeIf(flag -> !keys.contains(key(flag)));
    return flags;
  }

  private static String flag(String key) {
    return "--" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String key(String flag) {
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
    Map<String, Object> stated = new LinkedHashMap<>();
    flags.forEach((flag, text) -> stated.put(key(flag), value(key(flag), text)));
    return of("the stored experiment", stated);
  }

  /** A key's value of its text form, where it has one; else the text, which is then refused. */
  private static Object value(String key, String text) {
    if (SEVERAL.contains(key)) {
      return text.isEmpty() ? List.of() : List.of(text.split(", "));
    }
    if (YES_OR_NO.contains(key) && text.matches("true|false")) {
      return Boolean.valueOf(text);
    }
    return NUMBERS.contains(key) && text.matches("-?\\d{1,30}") ? new BigInteger(text) : text;
  }
}
