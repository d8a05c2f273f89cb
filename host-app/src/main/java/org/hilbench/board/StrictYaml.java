package org.hilbench.board;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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

  private StrictYaml() {}

  /**
   * Reads {@code file}.
   *
   * @param label how messages name it, such as {@code lab.yaml}
   * @throws BenchException (USAGE) for what it says, or where it cannot be read
   */
  public static <T> T read(Path file, String label, Class<T> type) throws BenchException {
    try {
      String text = InputFile.settings(file).text();
      checkKeys(label, "", YAML.readTree(text), YAML.constructType(type));
      return YAML.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new BenchException(
          Stage.BUILD, BenchException.Kind.USAGE, label + ": " + explain(e), e);
    }
  }

  /** Before binding, so that a misspelt key is named rather than the one that it should be. */
  private static void checkKeys(String label, String path, JsonNode node, JavaType type)
      throws BenchException {
    if (type.isReferenceType()) {
      checkKeys(label, path, node, type.getContentType());
    } else if (node.isArray() && type.isCollectionLikeType()) {
      for (int i = 0; i < node.size(); i++) {
        checkKeys(label, path + "[" + i + "]", node.get(i), type.getContentType());
      }
    } else if (node.isObject() && type.getRawClass().isRecord()) {
      Map<String, JavaType> known = components(type);
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
        JavaType component = known.get(entry.getKey());
        if (component == null) {
          String keys = String.join(", ", known.keySet());
          throw BoardProfiles.usage(label + ": " + key + " is unknown; known: " + keys);
        }
        checkKeys(label, key, entry.getValue(), component);
      }
    }
  }

  private static Map<String, JavaType> components(JavaType type) {
    Map<String, JavaType> components = new TreeMap<>();
    for (RecordComponent component : type.getRawClass().getRecordComponents()) {
      components.put(component.getName(), YAML.constructType(component.getGenericType()));
    }
    return components;
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
          + format.getValue()
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
    return error.getLocation() == null ? "" : " (line " + error.getLocation().getLineNr() + ")";
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
