package org.hilbench.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.measure.BenchFacts;
import org.hilbench.measure.Conditions;
import org.hilbench.measure.JobJson;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.MeasurementResult;

/**
 * Measurements that were paid for already, by all that they depend on.
 *
 * <p>What a simulator counted is the same whenever it is counted, so that of earlier experiments is
 * taken too. A board is taken at its word within one experiment only: its supply, its temperature
 * and what is wired to it are in no key, and whoever begins another experiment wants to know what
 * the board does now.
 */
public final class KeptMeasurements {
  /** Nothing is kept: everything is measured. */
  public static final KeptMeasurements NONE =
      new KeptMeasurements(Optional.empty(), InstantSource.system());

  private static final JsonMapper JSON = JobJson.mapper();

  private final Optional<ArtifactSource> kept;
  private final InstantSource clock;

  /**
   * @param clock tells when a result was made
   */
  public KeptMeasurements(ArtifactSource kept, InstantSource clock) {
    this(Optional.of(kept), clock);
  }

  private KeptMeasurements(Optional<ArtifactSource> kept, InstantSource clock) {
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * A result with the time when it was made.
   *
   * @param result completed or rejected
   */
  record Kept(Instant made, MeasurementResult result) {
    /** Of a completed one; it says since when it is kept, unless it was made for this job. */
    Measurement measurement(MeasurementJob job) {
      Measurement measurement = ((MeasurementResult.Completed) result).measurement();
      return result.jobId().equals(job.id()) ? measurement : measurement.keptSince(made);
    }
  }

  /**
   * The kept result of a job that is the same but for its id; empty where it has to be measured.
   */
  Optional<Kept> find(MeasurementJob job, BenchFacts facts) throws BenchException {
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    for (Conditions under : facts.conditions(job)) {
      Optional<Artifact> found =
          source(kept.get(), under).artifact(StageKey.measure(job, under), Artifact.MEASUREMENT);
      if (found.isPresent()) {
        return Optional.of(read(found.get()));
      }
    }
    return Optional.empty();
  }

  private static ArtifactSource source(ArtifactSource all, Conditions under) {
    return under.silicon() ? all.own() : all;
  }

  /** Just made. */
  Kept now(MeasurementResult result) {
    return new Kept(clock.instant(), result);
  }

  /** What is to be kept of a result, if anything; nothing where nobody tells its conditions. */
  Optional<Artifact> artifact(MeasurementJob job, Kept made) {
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    return made.result()
        .under()
        .map(under -> new Artifact(StageKey.measure(job, under), Artifact.MEASUREMENT, json(made)));
  }

  private static byte[] json(Kept kept) {
    try {
      return JSON.writeValueAsBytes(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results travel as JSON", e);
    }
  }

  private static Kept read(Artifact artifact) throws BenchException {
    try {
      return JSON.readValue(artifact.bytes(), Kept.class);
    } catch (IOException e) {
      throw new BenchException(
          Stage.STORE,
          BenchException.Kind.ENVIRONMENT,
          "what is kept of " + artifact + " cannot be read: " + e.getMessage(),
          e);
    }
  }
}
