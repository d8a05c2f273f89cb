package org.hilbench.space;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.List;
import org.hilbench.Registry;
import org.hilbench.Stage;
import org.hilbench.space.image.ImageSpace;

/** The kinds of search space that a user can name; reads architectures of all of them. */
public final class Spaces extends Registry<SpaceProvider> {
  /** Where an experiment file, and the JSON form of an architecture, name the space. */
  public static final String KEY = "space";

  /** The space of a search, and of an architecture in JSON, that names none. */
  public static final String DEFAULT = ImageSpace.NAME;

  private static final JsonMapper WRITER = JsonMapper.builder().build();

  public Spaces(List<SpaceProvider> providers) {
    super(Stage.PROPOSE, KEY, providers);
  }

  /** Those that come with hilbench. */
  public static Spaces standard() {
    return new Spaces(List.of(new ImageSpace.Provider()));
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
