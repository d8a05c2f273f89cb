package org.hilbench.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.Fidelity;
import org.hilbench.trial.StageKey;
import org.hilbench.trial.Trial;

/** Keeps an experiment as long as the process lives. */
public final class InMemoryTrialStore implements TrialStore {
  private record Version(int number, Fidelity fidelity) {}

  private record ArtifactId(StageKey key, String name) {}

  private Optional<ExperimentRecord> experiment = Optional.empty();
  private final Map<Version, Trial> trials = new LinkedHashMap<>();
  private final Map<Version, List<ArtifactId>> made = new LinkedHashMap<>();
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
    Version version = new Version(trial.number(), trial.fidelity());
    if (trials.containsKey(version)) {
      throw new IllegalStateException("trial is stored already: " + version);
    }
    trials.put(version, trial);
    List<ArtifactId> ids = new ArrayList<>();
    for (Artifact artifact : newArtifacts) {
      ArtifactId id = new ArtifactId(artifact.key(), artifact.name());
      artifacts.putIfAbsent(id, artifact);
      ids.add(id);
    }
    made.put(version, ids);
  }

  @Override
  public synchronized void recordTest(int trial, Fidelity fidelity, double int8) {
    Version version = new Version(trial, fidelity);
    Trial stored = trials.get(version);
    if (stored == null) {
      throw new IllegalStateException("there is no trial " + version);
    }
    trials.put(version, stored.withTest(int8));
  }

  @Override
  public synchronized List<Trial> trials(Fidelity fidelity) {
    return trials.values().stream()
        .filter(trial -> trial.fidelity() == fidelity)
        .sorted(Comparator.comparingInt(Trial::number))
        .toList();
  }

  @Override
  public synchronized List<Integer> arrivals() {
    return trials.values().stream()
        .filter(trial -> trial.fidelity() == Fidelity.SEARCH)
        .map(Trial::number)
        .toList();
  }

  @Override
  public synchronized List<Artifact> artifacts(int trial, Fidelity fidelity) {
    return made.getOrDefault(new Version(trial, fidelity), List.of()).stream()
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
