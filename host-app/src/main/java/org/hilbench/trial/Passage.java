package org.hilbench.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hilbench.measure.DoesNotFit;
import org.hilbench.measure.Measurement;
import org.hilbench.quantity.TargetId;
import org.hilbench.worker.Progress;

/**
 * How far one candidate has come: what its steps made so far, also where it does not reach the end.
 * For one thread.
 */
final class Passage {
  final Candidate candidate;
  final Progress progress;
  final Stopwatch watch;

  private final List<TargetId> targets;
  private final List<Artifact> artifacts = new ArrayList<>();
  private final Map<String, String> hashes = new TreeMap<>();
  private final Map<TargetId, Measurement> on = new TreeMap<>();
  private final List<DoesNotFit> misfits = new ArrayList<>();
  private Optional<TrainStage.Result> trained = Optional.empty();
  private Optional<QuantizeStage.Result> model = Optional.empty();
  private Optional<Accuracy> accuracy = Optional.empty();
  private Optional<Sensitivity> sensitivity = Optional.empty();
  private boolean beyondTensorFlowLite;

  Passage(Candidate candidate, List<TargetId> targets, Progress progress) {
    this.candidate = candidate;
    this.targets = List.copyOf(targets);
    this.progress = progress;
    this.watch = new Stopwatch(candidate.name());
  }

  void add(Artifact artifact) {
    artifacts.add(artifact);
  }

  void hash(String what, String sha256) {
    hashes.put(what, sha256);
  }

  void trained(TrainStage.Result result) {
    trained = Optional.of(result);
    artifacts.addAll(result.artifacts());
  }

  void quantized(QuantizeStage.Result result) {
    model = Optional.of(result);
  }

  void evaluated(Accuracy result) {
    accuracy = Optional.of(result);
  }

  void sensed(Sensitivity result) {
    sensitivity = Optional.of(result);
  }

  void measured(TargetId target, Measurement measurement) {
    on.put(target, measurement);
  }

  /** A board that it does not fit is asked no more. */
  void misfit(DoesNotFit why) {
    if (misfits.stream().noneMatch(one -> one.boardId().equals(why.boardId()))) {
      misfits.add(why);
    }
  }

  /** The model has an operator that the reference has from hilbench. */
  void goesBeyondTensorFlowLite() {
    beyondTensorFlowLite = true;
  }

  /** The targets whose boards it may fit, in the order of the plan. */
  List<TargetId> targets() {
    return targets.stream().filter(this::mayFit).toList();
  }

  /** A board's memory is the same at all its operating points. */
  private boolean mayFit(TargetId target) {
    return misfits.stream().noneMatch(why -> why.boardId().equals(target.board()));
  }

  boolean fitsAll() {
    return misfits.isEmpty();
  }

  boolean fitsNone() {
    return targets().isEmpty();
  }

  TrainStage.Result trained() {
    return trained.orElseThrow();
  }

  QuantizeStage.Result model() {
    return model.orElseThrow();
  }

  List<Artifact> artifacts() {
    return List.copyOf(artifacts);
  }

  /** What is known of it, added to where it ran. */
  Provenance provenance(Provenance origin, long seed) {
    Provenance provenance = origin.with(seed, hashes);
    return beyondTensorFlowLite
        ? provenance.withTool("reference", "TensorFlow Lite's; QUANTIZE int8 to int16 hilbench's")
        : provenance;
  }

  /** How it ended, where no step is left for it. */
  Outcome outcome() {
    return fitsAll()
        ? new Outcome.Evaluated(accuracy.orElseThrow(), on, sensitivity)
        : Outcome.Rejected.by(misfits, accuracy, on);
  }
}
