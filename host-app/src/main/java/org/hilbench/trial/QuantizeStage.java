package org.hilbench.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.data.Dataset;
import org.hilbench.data.Split;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Weights;
import org.hilbench.graph.WeightsFile;
import org.hilbench.quantize.BatchNormFolding;
import org.hilbench.quantize.BiasCorrection;
import org.hilbench.quantize.Calibration;
import org.hilbench.quantize.CrossLayerEqualization;
import org.hilbench.quantize.Observations;
import org.hilbench.quantize.PostTrainingQuantizer;
import org.hilbench.tflite.TfliteWriter;
import org.hilbench.train.Observer;

/**
 * Makes the .tflite of trained weights. A candidate of the search gets the plain way: ranges from
 * the least to the greatest value. A final version is made in several ways, and the one that
 * classifies the validation examples best is taken; of equals the plainest. Weights that were
 * trained on as integers keep the ranges they were trained under.
 */
public final class QuantizeStage {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final Dataset dataset;
  private final Observer observer;
  private final EvaluateStage evaluating;

  /**
   * @param dataset that ranges are observed and ways compared on
   */
  public QuantizeStage(Dataset dataset, Observer observer, Evaluator evaluator) {
    this.dataset = dataset;
    this.observer = observer;
    this.evaluating = new EvaluateStage(dataset, evaluator);
  }

  /** A model with the ways that were tried for it, beside their accuracy. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
  public record Result(byte[] model, String way, Map<String, Double> tried) {
    /** What was tried and chosen, as JSON. */
    public byte[] json() {
      try {
        return JSON.writeValueAsBytes(Map.of("chosen", way, "validation", tried));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a map of numbers writes as JSON", e);
      }
    }
  }

  /** In the plain way. */
  public Result quantize(Graph graph, WeightsFile trained) throws BenchException {
    Weights folded = BatchNormFolding.fold(graph, trained.weights());
    ActivationRanges ranges = spanned(graph, trained.ranges());
    return new Result(model(graph, folded, ranges), word(Calibration.MIN_MAX), Map.of());
  }

  /**
   * In the best of several ways.
   *
   * @param name for logs and messages
   */
  public Result best(String name, Graph graph, WeightsFile trained) throws BenchException {
    Weights folded = BatchNormFolding.fold(graph, trained.weights());
    ActivationRanges ranges = spanned(graph, trained.ranges());
    return new Choice(name, graph).best(folded, ranges);
  }

  /** One way of quantizing: weights, the ranges, and what was observed under those weights. */
  private record Way(String name, Weights weights, ActivationRanges ranges, Observations observed) {
    Way corrected(Graph graph) throws BenchException {
      return new Way(
          name + " bias-corrected",
          BiasCorrection.corrected(graph, weights, ranges, observed),
          ranges,
          observed);
    }
  }

  /** Goes on from the best way so far: a calibration, then equalization, then bias correction. */
  private final class Choice {
    private final String name;
    private final Graph graph;
    private final Map<String, Double> tried = new LinkedHashMap<>();

    Choice(String name, Graph graph) {
      this.name = name;
      this.graph = graph;
    }

    Result best(Weights folded, ActivationRanges seen) throws BenchException {
      Observations observed = observe(name, graph, folded);
      Way best = new Way(word(Calibration.MIN_MAX), folded, seen, observed);
      evaluate(best);
      for (Calibration calibration :
          List.of(Calibration.PERCENTILE, Calibration.MSE, Calibration.ENTROPY)) {
        ActivationRanges ranges = spanned(graph, calibration.ranges(observed));
        best = better(best, new Way(word(calibration), folded, ranges, observed));
      }
      best = better(best, equalized(best, folded));
      best = better(best, best.corrected(graph));
      return new Result(model(graph, best.weights, best.ranges), best.name, tried);
    }

    private Way equalized(Way like, Weights folded) throws BenchException {
      Weights weights = CrossLayerEqualization.equalized(graph, folded);
      Observations observed = observe(name, graph, weights);
      Calibration calibration =
          Calibration.valueOf(like.name.toUpperCase(Locale.ROOT).replace('-', '_'));
      return new Way(
          "equalized " + like.name,
          weights,
          spanned(graph, calibration.ranges(observed)),
          observed);
    }

    /** The second only where it is truly better. */
    private Way better(Way one, Way other) throws BenchException {
      return evaluate(other) > tried.getOrDefault(one.name, 0.0) ? other : one;
    }

    private double evaluate(Way way) throws BenchException {
      byte[] model = model(graph, way.weights, way.ranges);
      double accuracy = evaluating.accuracy(name + " " + way.name, model, Split.VALIDATION);
      tried.put(way.name, accuracy);
      return accuracy;
    }
  }

  /** The input spans what its encoding can hold, however it was calibrated. */
  private ActivationRanges spanned(Graph graph, ActivationRanges calibrated) {
    return calibrated.including(graph.input(), dataset.encoding().leastRange());
  }

  private static String word(Calibration calibration) {
    return calibration.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Observations observe(String name, Graph graph, Weights folded) throws BenchException {
    Graph without = BatchNormFolding.fold(graph);
    return observer.observe(
        new Observer.Task(name, without, folded, dataset.reference(), DEADLINE));
  }

  private static byte[] model(Graph graph, Weights folded, ActivationRanges ranges)
      throws BenchException {
    return TfliteWriter.write(PostTrainingQuantizer.quantize(graph, folded, ranges));
  }
}
