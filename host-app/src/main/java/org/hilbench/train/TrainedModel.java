package org.hilbench.train;

import java.time.Duration;
import java.util.Objects;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Weights;

/**
 * A trained network.
 *
 * @param weights float weights, batch norm not yet folded
 * @param ranges of every tensor at inference, over examples of the training part
 * @param floatAccuracy share of the validation examples classified rightly
 * @param finalLoss mean training loss of the last tenth of the steps
 * @param samples examples trained on
 * @param elapsed wall time of the training in the worker
 */
public record TrainedModel(
    Weights weights,
    ActivationRanges ranges,
    double floatAccuracy,
    double finalLoss,
    long samples,
    Duration elapsed) {
  public TrainedModel {
    Objects.requireNonNull(weights);
    Objects.requireNonNull(ranges);
    Objects.requireNonNull(elapsed);
    if (!(floatAccuracy >= 0 && floatAccuracy <= 1)) {
      throw new IllegalArgumentException("accuracy " + floatAccuracy + " is no fraction of 1");
    }
  }
}
