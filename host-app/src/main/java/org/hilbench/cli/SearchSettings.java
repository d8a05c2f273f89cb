package org.hilbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.InputFile;
import org.hilbench.Stage;
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
record SearchSettings(
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
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY).build();
  private static final TypeReference<LinkedHashMap<String, Object>> BY_KEY =
      new TypeReference<>() {};

  /**
   * The key that a resumed search may state anew: its trials do not depend on what follows them.
   */
  static final String NO_FINAL = "noFinal";

  /** The keys whose value is a list. */
  private static final Set<String> SEVERAL = Set.of("board", "objective", "constraint");

  /** The keys that are false unless their flag is given, which takes no value. */
  private static final Set<String> YES_OR_NO = Set.of("upload", NO_FINAL);

  static final SearchSettings DEFAULTS =
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

  SearchSettings {
    board = List.copyOf(board);
    objective = List.copyOf(objective);
    constraint = List.copyOf(constraint);
    require(trials >= 1, "trials", trials, "1 or more");
    require(population >= 2, "population", population, "2 or more");
    require(window >= 0, "window", window, "0 or more");
    require(samples >= 64, "samples", samples, "64 or more");
    require(finalSamples >= 64, "finalSamples", finalSamples, "64 or more");
    require(!board.isEmpty(), "board", board, "one or more");
  }

  private static void require(boolean holds, String key, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(key + " is " + value + ", wanted: " + wanted);
    }
  }

  /** The keys of an experiment file with their values, checked, in the file's order. */
  static Map<String, Object> read(Path file) throws BenchException {
    String where = "experiment file " + file;
    try {
      Map<String, Object> stated = YAML.readValue(InputFile.settings(file).text(), BY_KEY);
      Object tflm = stated.get("tflm");
      if (tflm != null) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
        stated.put("tflm", TflmSetting.textOf(tflm, folder));
      }
      of(where, stated); // refuses what is unknown or out of range
      return stated;
    } catch (JsonProcessingException e) {
      throw usage(where + ": " + firstLine(e.getOriginalMessage()), e);
    }
  }

  /**
   * The defaults, but for what is stated.
   *
   * @param where the statements come from, for messages
   */
  static SearchSettings of(String where, Map<String, ?> stated) throws BenchException {
    Map<String, Object> all = YAML.convertValue(DEFAULTS, BY_KEY);
    all.putAll(stated);
    try {
      return YAML.readValue(YAML.writeValueAsString(all), SearchSettings.class);
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      throw usage(where + ": key '" + e.getPropertyName() + "' is unknown; known: " + known, e);
    } catch (InvalidFormatException e) {
      throw usage(where + ": " + wrongValue(e), e);
    } catch (JsonProcessingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why =
          cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
      throw usage(where + ": " + firstLine(String.valueOf(why)), e);
    }
  }

  private static String wrongValue(InvalidFormatException e) {
    String key = e.getPath().isEmpty() ? "value" : e.getPath().get(0).getFieldName();
    Class<?> wanted = e.getTargetType();
    if (!wanted.isEnum()) {
      boolean yesOrNo = wanted == boolean.class;
      return key
          + " is '"
          + e.getValue()
          + "', wanted: "
          + (yesOrNo ? "true or false" : "a number");
    }
    String message = e.getOriginalMessage();
    String known = message.substring(message.lastIndexOf('[') + 1, message.lastIndexOf(']'));
    return key + " '" + e.getValue() + "' is unknown; known: " + known;
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

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }

  private static BenchException usage(String message, Throwable cause) {
    return new BenchException(Stage.PROPOSE, BenchException.Kind.USAGE, message, cause);
  }

  /** By flag, in one text form each: what is kept with the experiment and compared at a resume. */
  Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    YAML.convertValue(this, BY_KEY).forEach((key, value) -> flags.put(flag(key), text(value)));
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
  static SearchSettings parse(Map<String, String> flags) throws BenchException {
    Map<String, Object> stated = new LinkedHashMap<>();
    flags.forEach((flag, text) -> stated.put(key(flag), value(key(flag), text)));
    return of("the stored experiment", stated);
  }

  private static Object value(String key, String text) {
    if (!SEVERAL.contains(key)) {
      return text;
    }
    return text.isEmpty() ? List.of() : List.of(text.split(", "));
  }
}
