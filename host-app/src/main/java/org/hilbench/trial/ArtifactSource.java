package org.hilbench.trial;

import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;

/** Where results of stages that were paid for already are found again. Safe for many threads. */
public interface ArtifactSource {
  /** The bytes kept under this key and name. */
  Optional<Artifact> artifact(StageKey key, String name) throws BenchException;

  /** Nothing is kept. */
  static ArtifactSource none() {
    return (key, name) -> Optional.empty();
  }

  /** The first of these that has it. */
  static ArtifactSource first(List<? extends ArtifactSource> sources) {
    List<ArtifactSource> inOrder = List.copyOf(sources);
    return (key, name) -> {
      for (ArtifactSource source : inOrder) {
        Optional<Artifact> found = source.artifact(key, name);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    };
  }
}
