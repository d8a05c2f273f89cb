package org.hilbench.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.hilbench.space.Spaces;

/** The JSON form of trials and all records inside them: components by name, times as ISO 8601. */
public final class TrialJson {
  private TrialJson() {}

  /** A mapper for these records, whose networks are of the standard spaces. */
  public static JsonMapper mapper() {
    return mapper(Spaces.standard());
  }

  /** A mapper for these records, whose networks are of these spaces; unknown fields are errors. */
  public static JsonMapper mapper(Spaces spaces) {
    return JsonMapper.builder()
        .addModule(spaces.module())
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }
}
