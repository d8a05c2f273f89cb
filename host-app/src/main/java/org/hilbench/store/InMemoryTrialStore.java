package org.hilbench.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.search.TrialKey;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.StageKey;
import org.hilbench.trial.Trial;

/** Keeps an experiment as long as the process lives. */
public final class InMemoryTrialStore implements TrialStore {
  private record ArtifactId(StageKey key, String name) {}

  private Optional<ExperimentRecord> experiment = Optional.empty();
  private final Map<TrialKey, Trial> trials = new LinkedHashMap<>();
  private final Map<TrialKey, List<ArtifactId>> made = new LinkedHashMap<>();
  private final Map<ArtifactId, Artifact> artifacts = new LinkedHashMap<>();

  @Override
  public synchronized Optional<ExperimentRecord> experiment() {
    return experiment;
  }

  @Override
  public synchronized void begin(ExperimentRecord wanted) {
    if (experiment.isPresent()) {
      throw new IllegalStateException("the experiment has begun: " + experiment.get());
    }
    experiment = Optional.of(wanted);
  }

  @Override
  public synchronized void append(Trial trial, List<Artifact> newArtifacts) {
    if (trials.containsKey(trial.key())) {
      throw new IllegalStateException(trial.key() + " is stored already");
    }
    trials.put(trial.key(), trial);
    List<ArtifactId> ids = new ArrayList<>();
    for (Artifact artifact : newArtifacts) {
      ArtifactId id = new ArtifactId(artifact.key(), artifact.name());
      artifacts.putIfAbsent(id, artifact);
      ids.add(id);
    }
    made.put(trial.key(), ids);
  }

  @Override
  public synchronized void recordTest(TrialKey trial, double int8) {
    Trial stored = trials.get(trial);
    if (stored == null) {
      throw new IllegalStateException("there is no " + trial);
    }
    trials.put(trial, stored.withTest(int8));
  }

  @Override
  public synchronized List<Trial> trials() {
    return trials.values().stream().sorted(Comparator.comparing(Trial::key)).toList();
  }

  @Override
  public synchronized List<TrialKey> arrivals() {
    return trials.values().stream().filter(trial -> !trial.finalVersion()).map(Trial::key).toList();
  }

  @Override
  public synchronized List<Artifact> artifacts(TrialKey trial) {
    return made.getOrDefault(trial, List.of()).stream()
        .map(id -> Optional.ofNullable(artifacts.get(id)).orElseThrow())
        .sorted(Comparator.comparing(Artifact::name))
        .toList();
  }

  @Override
  public synchronized Optional<Artifact> artifact(StageKey key, String name) {
    return Optional.ofNullable(artifacts.get(new ArtifactId(key, name)));
  }

  @Override
  public void close() {}
}
