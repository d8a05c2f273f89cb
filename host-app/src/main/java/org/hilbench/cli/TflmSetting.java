package org.hilbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.InputFile;
import org.hilbench.Stage;
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
final class TflmSetting {
  /** No runtime of the user's own: the default one. */
  static final String NONE = "";

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY).build();
  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEYS = "include, archive, version";

  private record Keys(
      @Nullable List<String> include, @Nullable String archive, @Nullable String version) {}

  private TflmSetting() {}

  /**
   * The text form of a value.
   *
   * @param given a file's path, or the keys, as a map or as YAML in braces
   * @param base what relative paths start from
   */
  static String textOf(Object given, Path base) throws BenchException {
    if (given instanceof Map<?, ?> keys) {
      return text(keys(yaml(keys)), base);
    }
    String words = given.toString().strip();
    if (words.isEmpty()) {
      return NONE;
    }
    if (words.startsWith("{")) {
      return text(keys(words), base);
    }
    Path file = base.resolve(words).toAbsolutePath().normalize();
    Path folder = file.getParent() == null ? base : file.getParent();
    return text(keys(InputFile.settings(file).text()), folder);
  }

  /** What a text form names; empty for {@link #NONE}. Nothing is looked for yet. */
  static Optional<UserTflm> parse(String text) throws BenchException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Keys keys = keys(text);
    List<Path> include =
        keys.include() == null ? List.of() : keys.include().stream().map(Path::of).toList();
    try {
      return Optional.of(new UserTflm(include, said(keys.archive()), said(keys.version())));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()), e);
    }
  }

  private static String said(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String text(Keys keys, Path base) throws BenchException {
    Map<String, Object> absolute = new LinkedHashMap<>();
    List<String> include = keys.include() == null ? List.of() : keys.include();
    absolute.put("include", include.stream().map(folder -> absolute(folder, base)).toList());
    absolute.put("archive", keys.archive() == null ? "" : absolute(keys.archive(), base));
    absolute.put("version", said(keys.version()));
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

  private static String yaml(Map<?, ?> keys) {
    try {
      return YAML.writeValueAsString(keys);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Keys keys(String yaml) throws BenchException {
    try {
      Keys keys = YAML.readValue(yaml, Keys.class);
      if (keys == null) {
        throw usage("nothing is said; known keys: " + KEYS, null);
      }
      return keys;
    } catch (UnrecognizedPropertyException e) {
      throw usage("key '" + e.getPropertyName() + "' is unknown; known: " + KEYS, e);
    } catch (JsonProcessingException e) {
      throw usage(
          e.getOriginalMessage().lines().findFirst().orElse("not understood")
              + "; wanted: {include: [FOLDER, ...], archive: FILE, version: TEXT}",
          e);
    }
  }

  private static BenchException usage(String message, @Nullable Throwable cause) {
    return new BenchException(Stage.PROPOSE, BenchException.Kind.USAGE, "tflm: " + message, cause);
  }
}
