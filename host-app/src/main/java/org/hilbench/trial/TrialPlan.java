package org.hilbench.trial;

import java.util.List;
import java.util.Objects;
import org.hilbench.data.Dataset;
import org.hilbench.graph.Graph;
import org.hilbench.measure.Loading;
import org.hilbench.space.Architecture;
import org.hilbench.train.TrainingRecipe;

/**
 * What all trials of a search have in common.
 *
 * @param boards ids of the boards that every candidate is measured on
 * @param kernels kernel set of the firmware
 * @param loading how a candidate's model reaches the boards, where it can
 * @param policy quantization policy, by name
 * @param precisionSearched whether the precision of layers is chosen, so that each layer's
 *     sensitivity is worth knowing
 * @param seed of the search
 * @param searchRecipe training of a candidate
 * @param finalRecipe training of a point of the front, on from its search version
 * @param order of the steps of every candidate
 * @param origin where this search runs: everything of a {@link Provenance} but hashes and the
 *     candidate's seed
 */
public record TrialPlan(
    Dataset dataset,
    List<String> boards,
    String kernels,
    Loading loading,
    String policy,
    boolean precisionSearched,
    long seed,
    TrainingRecipe searchRecipe,
    TrainingRecipe finalRecipe,
    StepOrder order,
    Provenance origin) {
  public TrialPlan {
    Objects.requireNonNull(dataset);
    boards = List.copyOf(boards);
    if (boards.isEmpty()) {
      throw new IllegalArgumentException("a trial needs at least one board");
    }
    Objects.requireNonNull(loading);
    Objects.requireNonNull(searchRecipe);
    Objects.requireNonNull(finalRecipe);
    Objects.requireNonNull(order);
    Objects.requireNonNull(origin);
  }

  /** In the usual order. */
  public TrialPlan(
      Dataset dataset,
      List<String> boards,
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
        boards,
        kernels,
        loading,
        policy,
        precisionSearched,
        seed,
        searchRecipe,
        finalRecipe,
        StepOrder.STANDARD,
        origin);
  }

  /** The same in another order. */
  public TrialPlan with(StepOrder other) {
    return new TrialPlan(
        dataset,
        boards,
        kernels,
        loading,
        policy,
        precisionSearched,
        seed,
        searchRecipe,
        finalRecipe,
        other,
        origin);
  }

  /** The network of an architecture for this plan's data. */
  public Graph graph(Architecture architecture) {
    return architecture.toGraph(dataset.shape(), dataset.classes());
  }

  TrainingRecipe recipe(Fidelity fidelity) {
    return fidelity == Fidelity.FINAL ? finalRecipe : searchRecipe;
  }
}
