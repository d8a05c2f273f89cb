package org.hilbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Registry;
import org.hilbench.Stage;
import org.hilbench.UnknownNameException;
import org.hilbench.board.StrictYaml;
import org.hilbench.search.TellOrder;

/**
 * Reads the settings of an experiment: of a file, of statements, or of an experiment's record. All
 * is checked; what is unknown, out of range or of another kind is refused (USAGE).
 */
public final class SettingsReader {
  /** As {@link TellOrder} is written. */
  private static final List<String> TELL_ORDERS =
      Arrays.stream(TellOrder.values())
          .map(order -> SearchSettings.JSON.convertValue(order, String.class))
          .toList();

  private static final List<String> COMPONENTS =
      Arrays.stream(SearchSettings.class.getRecordComponents())
          .map(RecordComponent::getName)
          .filter(key -> !key.equals(SearchSettings.STRATEGY_SETTINGS))
          .toList();

  private final Providers providers;
  private final StrategyBlocks blocks;

  /** Of settings that name these. */
  public SettingsReader(Providers providers) {
    this.providers = providers;
    this.blocks = new StrategyBlocks(providers.strategies());
    for (String strategy : providers.strategies().names()) {
      if (COMPONENTS.contains(strategy)) {
        throw new IllegalArgumentException("no strategy may be called as the key " + strategy);
      }
    }
  }

  /** Of settings that name what comes with hilbench. */
  public static SettingsReader standard() {
    return new SettingsReader(Providers.standard());
  }

  /**
   * The keys of an experiment file with their values, checked, in the file's order; the settings of
   * a strategy one by one, as {@code evolution.population}.
   */
  public Map<String, Object> read(Path file) throws BenchException {
    String where = "experiment file " + file;
    JsonNode tree = StrictYaml.tree(StrictYaml.text(file), where);
    if (!tree.isObject()) {
      throw usage(where + " says no keys; known: " + known());
    }
    Map<String, Object> stated = SearchSettings.JSON.convertValue(tree, SearchSettings.BY_KEY);
    Object tflm = stated.get("tflm");
    if (tflm != null) {
      stated.put("tflm", TflmSetting.textOf(tflm, folderOf(file)));
    }
    of(where, stated); // refuses what is unknown or out of range
    return blocks.flat(where, stated);
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
  public SearchSettings of(String where, Map<String, ?> stated) throws BenchException {
    Map<String, Object> flat = blocks.flat(where, stated);
    ObjectNode all = merged(where, flat);
    requireTellOrder(where, all);
    requireKnown(where, "space", all, providers.spaces());
    requireKnown(where, "strategy", all, providers.strategies());
    JsonNode strategy = all.get("strategy");
    if (strategy.isTextual()) {
      Map<String, String> settings = blocks.settings(where, strategy.textValue(), flat);
      all.set(SearchSettings.STRATEGY_SETTINGS, SearchSettings.JSON.valueToTree(settings));
    }
    return StrictYaml.bind(all, where, SearchSettings.class);
  }

  /** The defaults, but for what is stated; what a strategy is to have is left as it is. */
  private ObjectNode merged(String where, Map<String, Object> flat) throws BenchException {
    ObjectNode all = SearchSettings.JSON.valueToTree(SearchSettings.DEFAULTS);
    for (Map.Entry<String, Object> one : flat.entrySet()) {
      String key = one.getKey();
      if (blocks.has(key)) {
        continue;
      }
      if (!COMPONENTS.contains(key)) {
        throw usage(where + ": key '" + StrictYaml.word(key) + "' is unknown; known: " + known());
      }
      JsonNode value = SearchSettings.JSON.valueToTree(one.getValue());
      boolean alone = SettingFlags.SEVERAL.contains(key) && value.isTextual();
      all.set(key, alone ? SearchSettings.JSON.createArrayNode().add(value) : value);
    }
    // What may be absent has no default.
    all.properties().removeIf(one -> one.getValue().isNull() && !flat.containsKey(one.getKey()));
    return all;
  }

  private static void requireTellOrder(String where, ObjectNode all) throws BenchException {
    JsonNode tells = all.get("tells");
    if (tells.isTextual() && !TELL_ORDERS.contains(tells.textValue())) {
      String word = "tells '" + StrictYaml.word(tells.textValue());
      throw usage(where + ": " + word + "' is unknown; known: " + String.join(", ", TELL_ORDERS));
    }
  }

  /** Refuses a name that is not among these; what is no text at all is refused later. */
  private static void requireKnown(String where, String key, ObjectNode all, Registry<?> among)
      throws BenchException {
    try {
      if (all.get(key).isTextual()) {
        among.provider(all.get(key).textValue());
      }
    } catch (UnknownNameException e) {
      throw usage(where + ": " + e.getMessage());
    }
  }

  /** The keys that there are. */
  private String known() {
    return Stream.concat(COMPONENTS.stream(), providers.strategies().names().stream())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** The settings that {@link SearchSettings#flags} was made of. */
  public SearchSettings parse(Map<String, String> flags) throws BenchException {
    Map<String, Object> stated = new LinkedHashMap<>();
    flags.forEach(
        (flag, text) -> stated.put(SettingFlags.key(flag), value(SettingFlags.key(flag), text)));
    return of("the stored experiment", stated);
  }

  /**
   * Those of an experiment that goes on: an older version had window + 1 trials under way at once.
   */
  SearchSettings begun(Map<String, String> flags) throws BenchException {
    SearchSettings settings = parse(flags);
    return settings.inFlight().isPresent()
        ? settings
        : settings.withInFlight(settings.window() + 1);
  }

  /**
   * A key's value of its text form, such as {@code evolution.population}'s; where it has none, the
   * text, which {@link #of} refuses.
   */
  public Object value(String key, String text) {
    return blocks.has(key) ? blocks.value(key, text) : SettingFlags.value(key, text);
  }

  private static BenchException usage(String message) {
    return BenchException.usage(Stage.PROPOSE, message);
  }
}
