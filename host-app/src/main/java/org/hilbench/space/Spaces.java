package org.hilbench.space;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.space.image.ImageSpace;

/** The kinds of search space there are, by name; reads architectures of all of them. */
public final class Spaces {
  /** Where the JSON form of an architecture names its space. */
  public static final String KEY = "space";

  /** The space of a search, and of an architecture in JSON, that names none. */
  public static final String DEFAULT = ImageSpace.NAME;

  private static final JsonMapper WRITER = JsonMapper.builder().build();

  private final Map<String, SpaceProvider> byName = new TreeMap<>();

  public Spaces(List<SpaceProvider> providers) {
    for (SpaceProvider provider : providers) {
      if (byName.putIfAbsent(provider.name(), provider) != null) {
        throw new IllegalArgumentException("two spaces are called '" + provider.name() + "'");
      }
    }
  }

  /** Those that come with hilbench. */
  public static Spaces standard() {
    return new Spaces(List.of(new ImageSpace.Provider()));
  }

  /** The one of this name, or {@link UnknownSpaceException} naming those that exist. */
  public SpaceProvider provider(String name) {
    SpaceProvider provider = byName.get(name);
    if (provider == null) {
      throw new UnknownSpaceException(name, byName.keySet());
    }
    return provider;
  }

  /** What a JSON mapper needs to read architectures. */
  public Module module() {
    return new SimpleModule().addDeserializer(Architecture.class, new ArchitectureReader(this));
  }

  /** Reads {@link Architecture#json}; {@link IllegalArgumentException} says what is wrong. */
  public Architecture parse(String json) {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(module())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    try {
      return mapper.readValue(json, Architecture.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an architecture: " + e.getOriginalMessage(), e);
    }
  }

  static String json(Architecture architecture) {
    try {
      return WRITER.writeValueAsString(architecture);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + architecture, e);
    }
  }
}
