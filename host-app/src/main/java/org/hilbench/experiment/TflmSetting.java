package org.hilbench.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.StrictYaml;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.UserTflm;
import org.jspecify.annotations.Nullable;

/**
 * A TensorFlow Lite Micro of the user's own, as {@code --tflm} and the key {@code tflm} name it: a
 * YAML file, or in its place what would stand in it:
 *
 * <pre>{@code
 * include:              # folders of headers, relative to this file
 *   - tflite-micro      # TFLM's root, which holds tensorflow/
 *   - flatbuffers/include
 *   - gemmlowp
 *   - ruy
 * archive: lib/{core}/libtensorflow-microlite.a  # {core}: cortex-m4f, cortex-m7f, ... (may be left out)
 * version: "2026-08-20 90b983c2, CMSIS-NN 4ab83cc3"  # your words, for the records
 * }</pre>
 *
 * <p>Its text form, which is kept with an experiment, is one line of JSON with absolute paths.
 */
public final class TflmSetting {
  /** No runtime of the user's own: the default one. */
  public static final String NONE = "";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST = 4_096;
  private static final String KEYS = "include, archive, version";
  private static final String WANTED =
      "; wanted: {include: [FOLDER, ...], archive: FILE, version: TEXT}";

  record Keys(Optional<List<String>> include, Optional<String> archive, Optional<String> version) {}

  private TflmSetting() {}

  /**
   * The text form of a value.
   *
   * @param given a file's path, or the keys, as a map or as YAML in braces
   * @param base what relative paths start from
   */
  public static String textOf(Object given, Path base) throws BenchException {
    if (given instanceof Map<?, ?> keys) {
      return text(keys(JSON.valueToTree(keys), "it"), base);
    }
    if (!(given instanceof String)) {
      throw usage("it is neither a file's path nor keys" + WANTED, null);
    }
    String words = given.toString().strip();
    if (words.isEmpty()) {
      return NONE;
    }
    if (words.startsWith("{")) {
      return text(keys(words, "it"), base);
    }
    if (words.length() > LONGEST || words.chars().anyMatch(Character::isISOControl)) {
      throw usage("'" + StrictYaml.word(words) + "' is no path of a file", null);
    }
    Path file = base.resolve(words).toAbsolutePath().normalize();
    Path folder = file.getParent() == null ? base : file.getParent();
    return text(keys(text(file), file.toString()), folder);
  }

  /** What a text form names; empty for {@link #NONE}. Nothing is looked for yet. */
  static Optional<UserTflm> parse(String text) throws BenchException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Keys keys = keys(text, "it");
    try {
      List<Path> include = keys.include().orElse(List.of()).stream().map(Path::of).toList();
      return Optional.of(
          new UserTflm(include, keys.archive().orElse(""), keys.version().orElse("")));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The runtime of the user's own, found, and fit for the kernels; empty for the default one.
   *
   * @param tflm its text form
   */
  public static Optional<UserTflm> runtime(String kernels, String tflm) throws BenchException {
    Optional<UserTflm> named = parse(tflm);
    if (named.isPresent()) {
      named.get().require();
    }
    try {
      KernelSet.parse(kernels).requireWith(named);
      return named;
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.BUILD, String.valueOf(e.getMessage()), e);
    }
  }

  private static String text(Keys keys, Path base) throws BenchException {
    Map<String, Object> absolute = new LinkedHashMap<>();
    List<String> include = keys.include().orElse(List.of());
    absolute.put("include", include.stream().map(folder -> absolute(folder, base)).toList());
    absolute.put("archive", keys.archive().map(path -> absolute(path, base)).orElse(""));
    absolute.put("version", keys.version().orElse(""));
    try {
      String text = JSON.writeValueAsString(absolute);
      parse(text); // refuses what is missing
      return text;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String absolute(String path, Path base) {
    return base.resolve(path).toAbsolutePath().normalize().toString();
  }

  private static String text(Path file) throws BenchException {
    try {
      return StrictYaml.text(file);
    } catch (BenchException e) {
      throw usage(e.getMessage() + WANTED, e);
    }
  }

  /**
   * @param what says it, for messages
   */
  private static Keys keys(String yaml, String what) throws BenchException {
    JsonNode tree;
    try {
      tree = StrictYaml.tree(yaml, what);
    } catch (BenchException e) {
      throw usage(e.getMessage() + WANTED, e);
    }
    return keys(tree, what);
  }

  private static Keys keys(JsonNode tree, String what) throws BenchException {
    if (!(tree instanceof ObjectNode keys)) {
      throw usage(what + " says no keys" + WANTED, null);
    }
    for (Map.Entry<String, JsonNode> one : keys.properties()) {
      if (!List.of(KEYS.split(", ")).contains(one.getKey())) {
        throw usage("key '" + StrictYaml.word(one.getKey()) + "' is unknown; known: " + KEYS, null);
      }
    }
    JsonNode include = keys.path("include");
    if (include.isTextual()) {
      keys.set("include", JSON.createArrayNode().add(include));
    }
    return StrictYaml.bind(keys, "tflm", Keys.class);
  }

  private static BenchException usage(String message, @Nullable Throwable cause) {
    return BenchException.usage(Stage.PROPOSE, "tflm: " + message, cause);
  }
}
