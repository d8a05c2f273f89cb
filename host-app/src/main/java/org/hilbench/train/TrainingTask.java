package org.hilbench.train;

import java.time.Duration;
import java.util.Objects;
import org.hilbench.data.DataReference;
import org.hilbench.graph.Graph;

/**
 * A network to train. The result depends on {@code graph}, {@code recipe}, {@code weights}, {@code
 * data} and {@code seed} alone, bit for bit on one kind of processor.
 *
 * @param name what to call it in messages, such as {@code trial 7}
 * @param architectureHash canonical hash, from which initialisation, order and augmentation are
 *     seeded together with {@code seed} and the recipe
 * @param deadline longest time in a worker
 */
public record TrainingTask(
    String name,
    Graph graph,
    String architectureHash,
    TrainingRecipe recipe,
    WeightSource weights,
    DataReference data,
    long seed,
    Duration deadline) {
  public TrainingTask {
    Objects.requireNonNull(name);
    Objects.requireNonNull(graph);
    Objects.requireNonNull(architectureHash);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(weights);
    Objects.requireNonNull(data);
    Objects.requireNonNull(deadline);
  }

  /**
   * Recipe, augmentation and source of the weights in one line, for the key of the training's
   * result.
   */
  public String recipeKey() {
    return recipe.canonical(data.augmentation()) + " weights=" + weights.key();
  }
}
