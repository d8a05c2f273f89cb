package org.hilbench.trial;

import java.util.List;
import java.util.Objects;
import org.hilbench.data.Dataset;
import org.hilbench.graph.Graph;
import org.hilbench.measure.Loading;
import org.hilbench.quantity.TargetId;
import org.hilbench.search.Rung;
import org.hilbench.space.Architecture;
import org.hilbench.train.TrainingRecipe;

/**
 * What all trials of a search have in common.
 *
 * @param targets that every candidate is measured on
 * @param kernels kernel set of the firmware
 * @param loading how a candidate's model reaches the boards, where it can
 * @param policy quantization policy, by name
 * @param precisionSearched whether the precision of layers is chosen, so that each layer's
 *     sensitivity is worth knowing
 * @param seed of the search
 * @param rungs that the search takes its trials to, from 0; the final version is on the rung above
 * @param searchRecipe training of a candidate, where it has all that the search has for it
 * @param finalRecipe training of a point of the front, on from its search version
 * @param order of the steps of every candidate
 * @param origin where this search runs: everything of a {@link Provenance} but hashes and the
 *     candidate's seed
 */
public record TrialPlan(
    Dataset dataset,
    List<TargetId> targets,
    String kernels,
    Loading loading,
    String policy,
    boolean precisionSearched,
    long seed,
    List<Rung> rungs,
    TrainingRecipe searchRecipe,
    TrainingRecipe finalRecipe,
    StepOrder order,
    Provenance origin) {
  public TrialPlan {
    Objects.requireNonNull(dataset);
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("a trial needs at least one target");
    }
    Objects.requireNonNull(loading);
    rungs = Rung.ladder(rungs);
    Objects.requireNonNull(searchRecipe);
    Objects.requireNonNull(finalRecipe);
    Objects.requireNonNull(order);
    Objects.requireNonNull(origin);
  }

  /** Every trial is trained once; in the usual order. */
  public TrialPlan(
      Dataset dataset,
      List<TargetId> targets,
      String kernels,
      Loading loading,
      String policy,
      boolean precisionSearched,
      long seed,
      TrainingRecipe searchRecipe,
      TrainingRecipe finalRecipe,
      Provenance origin) {
    this(
        dataset,
        targets,
        kernels,
        loading,
        policy,
        precisionSearched,
        seed,
        Rung.ONE,
        searchRecipe,
        finalRecipe,
        StepOrder.STANDARD,
        origin);
  }

  /** The same in another order. */
  public TrialPlan with(StepOrder other) {
    return new TrialPlan(
        dataset,
        targets,
        kernels,
        loading,
        policy,
        precisionSearched,
        seed,
        rungs,
        searchRecipe,
        finalRecipe,
        other,
        origin);
  }

  /** The network of an architecture for this plan's data. */
  public Graph graph(Architecture architecture) {
    return architecture.toGraph(dataset.shape(), dataset.classes());
  }

  /**
   * The rung of the final versions: a promotion like any other, but one that the search makes of
   * its front at the end. No strategy asks for it, as its trials are read on the test split.
   */
  public int finalRung() {
    return rungs.size();
  }

  /** Training of a trial of the search that starts anew on this rung. */
  public TrainingRecipe anew(int rung) {
    return share(rungs.get(rung).fidelity());
  }

  /** Training that takes a trial on from its weights of a lower rung. */
  public TrainingRecipe further(int from, int to) {
    return share(rungs.get(to).fidelity() - rungs.get(from).fidelity());
  }

  private TrainingRecipe share(double fidelity) {
    long samples = Math.round(searchRecipe.samples() * fidelity);
    return searchRecipe.withSamples(Math.max(searchRecipe.batchSize(), samples));
  }

  /** The same with a ladder of other rungs. */
  public TrialPlan withRungs(List<Rung> ladder) {
    return new TrialPlan(
        dataset,
        targets,
        kernels,
        loading,
        policy,
        precisionSearched,
        seed,
        ladder,
        searchRecipe,
        finalRecipe,
        order,
        origin);
  }
}
