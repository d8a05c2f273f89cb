package org.hilbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.UnknownNameException;
import org.hilbench.board.StrictYaml;
import org.hilbench.search.SearchStrategy;
import org.hilbench.search.Strategies;
import org.hilbench.search.StrategyContext;
import org.hilbench.search.StrategyProvider;

/**
 * The settings of strategies in an experiment file: each strategy has a block under its own name,
 * {@code evolution: {population: 8}}. An entry by itself is {@code evolution.population}.
 */
record StrategyBlocks(Strategies strategies) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();

  /** How the one setting that there was before there were blocks is written today. */
  private static final Map<String, String> OLD_KEYS = Map.of("population", "evolution.population");

  /** Whether a key is an entry of a block. */
  boolean has(String key) {
    return key.contains(".") && strategies.find(key.substring(0, key.indexOf('.'))).isPresent();
  }

  /** Whether one of these keys states the entry: itself, its block, or what it was called once. */
  static boolean isStated(String entry, Set<String> keys) {
    return keys.contains(entry)
        || keys.contains(entry.split("\\.", 2)[0])
        || keys.stream().anyMatch(key -> entry.equals(OLD_KEYS.get(key)));
  }

  /** What is stated, the entries of blocks one by one. */
  Map<String, Object> flat(String where, Map<String, ?> stated) throws BenchException {
    Map<String, Object> flat = new LinkedHashMap<>();
    for (Map.Entry<String, ?> one : stated.entrySet()) {
      String key = one.getKey();
      if (strategies.find(key).isEmpty()) {
        flat.put(OLD_KEYS.getOrDefault(key, key), one.getValue());
      } else if (one.getValue() instanceof Map<?, ?> block) {
        block.forEach((entry, value) -> flat.put(key + "." + entry, value));
      } else {
        throw BenchException.usage(
            Stage.PROPOSE,
            where + ": " + key + " wants its settings as keys, such as " + example(key));
      }
    }
    return flat;
  }

  private String example(String name) throws UnknownNameException {
    return texts(strategies.provider(name).defaults()).entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /**
   * The settings that hold for a strategy, each in its text form; the blocks of others are checked.
   */
  Map<String, String> settings(String where, String strategy, Map<String, Object> flat)
      throws BenchException {
    for (StrategyProvider<?> other : strategies.providers()) {
      bound(where, other, entries(other.name(), flat));
    }
    StrategyProvider<?> chosen = strategies.provider(strategy);
    return texts(bound(where, chosen, entries(strategy, flat)));
  }

  private static Map<String, JsonNode> entries(String name, Map<String, Object> flat) {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    flat.forEach(
        (key, value) -> {
          if (key.startsWith(name + ".")) {
            entries.put(key.substring(name.length() + 1), JSON.valueToTree(value));
          }
        });
    return entries;
  }

  private static <S extends Record> S bound(
      String where, StrategyProvider<S> provider, Map<String, JsonNode> entries)
      throws BenchException {
    S defaults = provider.defaults();
    ObjectNode all = JSON.valueToTree(defaults);
    all.setAll(entries);
    @SuppressWarnings("unchecked") // a record's class is final
    Class<S> type = (Class<S>) defaults.getClass();
    return StrictYaml.bind(all, where + ": " + provider.name(), type);
  }

  private static Map<String, String> texts(Record settings) {
    Map<String, String> texts = new LinkedHashMap<>();
    ObjectNode all = JSON.valueToTree(settings);
    all.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  /** The strategy under settings in their text form. */
  SearchStrategy create(String name, Map<String, String> settings, StrategyContext context)
      throws BenchException {
    return create(strategies.provider(name), settings, context);
  }

  private <S extends Record> SearchStrategy create(
      StrategyProvider<S> provider, Map<String, String> settings, StrategyContext context)
      throws BenchException {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    settings.forEach(
        (key, text) ->
            entries.put(key, JSON.valueToTree(value(provider.name() + "." + key, text))));
    return provider.create(bound("the experiment", provider, entries), context);
  }

  /** An entry's value of its text form, where it has one; else the text, which is then refused. */
  Object value(String entry, String text) {
    String[] names = entry.split("\\.", 2);
    JsonNode usual =
        JSON.valueToTree(strategies.find(names[0]).orElseThrow().defaults()).path(names[1]);
    if (usual.isIntegralNumber() && text.matches("-?\\d{1,30}")) {
      return new BigInteger(text);
    }
    if (usual.isNumber() && text.matches("-?\\d{1,30}(\\.\\d{1,30})?([eE]-?\\d{1,3})?")) {
      return new BigDecimal(text);
    }
    return usual.isBoolean() && text.matches("true|false") ? Boolean.valueOf(text) : text;
  }
}
