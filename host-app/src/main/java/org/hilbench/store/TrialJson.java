package org.hilbench.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.hilbench.measure.JobJson;
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
    return JobJson.mapper().rebuild().addModule(spaces.module()).build();
  }
}
