package org.hilbench.trial;

import java.util.List;
import java.util.Objects;

/** A finished trial with what its stages made, to be stored together. */
public record Walk(Trial trial, List<Artifact> artifacts) {
  public Walk {
    Objects.requireNonNull(trial);
    artifacts = List.copyOf(artifacts);
  }
}
