package org.hilbench.trial;

import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;

/** Where results of stages that were paid for already are found again. Safe for many threads. */
public interface ArtifactSource {
  /** The bytes kept under this key and name. */
  Optional<Artifact> artifact(StageKey key, String name) throws BenchException;

  /** The part of it that was made in this experiment. */
  default ArtifactSource own() {
    return this;
  }

  /** Nothing is kept. */
  static ArtifactSource none() {
    return (key, name) -> Optional.empty();
  }

  /** What this experiment has, then the first of the earlier ones that has it. */
  static ArtifactSource of(ArtifactSource own, List<? extends ArtifactSource> earlier) {
    return new ArtifactSource() {
      @Override
      public Optional<Artifact> artifact(StageKey key, String name) throws BenchException {
        Optional<Artifact> found = own.artifact(key, name);
        for (ArtifactSource source : earlier) {
          if (found.isPresent()) {
            return found;
          }
          found = source.artifact(key, name);
        }
        return found;
      }

      @Override
      public ArtifactSource own() {
        return own;
      }
    };
  }
}
