package org.hilbench.board;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.InputFile;
import org.hilbench.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML file into a record, whose components are its keys. Every error says which file, key
 * and value, and what is allowed; a key that is not known is one. Components that are not Optional
 * must be written.
 */
public final class StrictYaml {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .annotationIntrospector(new RequiredUnlessOptional())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();
  private static final YamlShape FACTS = new YamlShape(YAML, true);
  private static final YamlShape SETTINGS = new YamlShape(YAML, false);

  private StrictYaml() {}

  /**
   * Reads {@code file}.
   *
   * @param label how messages name it, such as {@code lab.yaml}
   * @throws BenchException (USAGE) for what it says, or where it cannot be read
   */
  public static <T> T read(Path file, String label, Class<T> type) throws BenchException {
    return parse(text(file), label, type);
  }

  /**
   * The text of a settings file, without a byte order mark.
   *
   * @throws BenchException (USAGE) if it is too large, no text, or cannot be read
   */
  public static String text(Path file) throws BenchException {
    String text = InputFile.settings(file).text();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Reads what {@link #read} reads from a file. */
  public static <T> T parse(String text, String label, Class<T> type) throws BenchException {
    JsonNode tree = tree(text, label);
    try {
      FACTS.check(tree, type);
      return YAML.readValue(text, type);
    } catch (YamlText.Refused e) {
      throw BenchException.usage(Stage.BUILD, label + ": " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw refused(label, e);
    }
  }

  /** One document of keys, lists and plain values; nothing is known of its keys yet. */
  public static JsonNode tree(String text, String label) throws BenchException {
    try {
      YamlText.check(text);
      return YAML.readTree(text);
    } catch (YamlText.Refused e) {
      throw BenchException.usage(Stage.BUILD, label + ": " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw refused(label, e);
    }
  }

  /** Makes the record that the tree says, to which {@code label} belongs. */
  public static <T> T bind(JsonNode tree, String label, Class<T> type) throws BenchException {
    try {
      SETTINGS.check(tree, type);
      return YAML.treeToValue(tree, type);
    } catch (YamlText.Refused e) {
      throw BenchException.usage(Stage.BUILD, label + ": " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw refused(label, e);
    }
  }

  /** The beginning of a text that a file holds, on one line, to be named in a message. */
  public static String word(String text) {
    return YamlText.word(text);
  }

  private static BenchException refused(String label, JsonProcessingException e) {
    return BenchException.usage(Stage.BUILD, label + ": " + explain(e), e);
  }

  private static String explain(JsonProcessingException error) {
    if (!(error instanceof JsonMappingException mapping)) {
      return "not YAML: " + oneLine(error.getOriginalMessage()) + at(error);
    }
    if (error.getOriginalMessage().startsWith("Missing required creator property")) {
      return path(mapping) + " is missing";
    }
    if (error instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      return path(mapping)
          + " '"
          + YamlText.word(String.valueOf(format.getValue()))
          + "' is unknown; known: "
          + words(format.getTargetType())
          + at(error);
    }
    String message =
        error.getCause() instanceof IllegalArgumentException refused
            ? String.valueOf(refused.getMessage())
            : error.getOriginalMessage();
    return prefix(mapping) + oneLine(message) + at(error);
  }

  private static String prefix(JsonMappingException error) {
    String path = path(error);
    return path.isEmpty() ? "" : path + ": ";
  }

  /** Such as {@code flash[0].tool}. */
  private static String path(JsonMappingException error) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : error.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String words(Class<?> enumType) {
    return Arrays.stream(enumType.getEnumConstants())
        .map(constant -> YAML.convertValue(constant, String.class))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String at(JsonProcessingException error) {
    int line = error.getLocation() == null ? -1 : error.getLocation().getLineNr();
    return line < 1 ? "" : " (line " + line + ")";
  }

  private static String oneLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  /** A component that is not Optional must be written. */
  private static final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
      Class<?> type = member.getRawType();
      return type != Optional.class && type != OptionalLong.class;
    }
  }
}
