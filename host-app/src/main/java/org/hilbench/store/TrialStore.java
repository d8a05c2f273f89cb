package org.hilbench.store;

import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.search.TrialKey;
import org.hilbench.trial.Artifact;
import org.hilbench.trial.ArtifactSource;
import org.hilbench.trial.Trial;

/**
 * One experiment: what it was asked for, its trials and what they made. Trials are only ever added.
 * Safe for many threads; every exception says what was not stored and what to do, and leaves
 * everything that was stored before.
 */
public interface TrialStore extends ArtifactSource, AutoCloseable {
  /** What the search was asked for; empty where nothing was stored yet. */
  Optional<ExperimentRecord> experiment() throws BenchException;

  /** Stores what the search is asked for; {@link IllegalStateException} where that is stored. */
  void begin(ExperimentRecord experiment) throws BenchException;

  /**
   * Stores a trial and what it made, all or nothing; once it returns, no crash can lose it.
   * Artifacts that are there already, made by another trial, are kept once.
   *
   * @throws IllegalStateException where this key is stored already
   */
  void append(Trial trial, List<Artifact> artifacts) throws BenchException;

  /**
   * Keeps the int8 accuracy of a stored, evaluated trial on the test split; {@link #trials} gives
   * it with the trial from then on.
   *
   * @throws IllegalStateException where it is kept already, or there is no such trial
   */
  void recordTest(TrialKey trial, double int8) throws BenchException;

  /** All of them, by key. */
  List<Trial> trials() throws BenchException;

  /** Keys of the trials that answer an ask, in the order in which they were appended. */
  List<TrialKey> arrivals() throws BenchException;

  /** What {@link #append} was given with this trial, by name of the artifact. */
  List<Artifact> artifacts(TrialKey trial) throws BenchException;

  /** The one artifact of this name that a stored trial made. */
  default Artifact artifact(Trial trial, String name) throws BenchException {
    return artifacts(trial.key()).stream()
        .filter(artifact -> artifact.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(trial.key() + " made no " + name));
  }

  @Override
  void close();
}
