package org.hilbench.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.data.Split;
import org.hilbench.evaluate.EvaluationTask;
import org.hilbench.evaluate.Evaluator;
import org.hilbench.graph.ActivationRanges;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Weights;
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
 * classifies the validation images best is taken; of equals the plainest. Weights that were trained
 * on as integers keep the ranges they were trained under.
 */
final class QuantizeStage {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final TrialPlan plan;
  private final Observer observer;
  private final Evaluator evaluator;

  QuantizeStage(TrialPlan plan, Observer observer, Evaluator evaluator) {
    this.plan = plan;
    this.observer = observer;
    this.evaluator = evaluator;
  }

  /** A model with the ways that were tried for it, beside their accuracy. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
  record Result(byte[] model, String way, Map<String, Double> tried) {
    byte[] json() {
      try {
        return JSON.writeValueAsBytes(Map.of("chosen", way, "validation", tried));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a map of numbers writes as JSON", e);
      }
    }
  }

  /** Whether this stage chooses among several ways. */
  static boolean chooses(Candidate candidate, TrainStage.Result trained) {
    return candidate.fidelity() == Fidelity.FINAL && !trained.tuned();
  }

  Result quantize(Candidate candidate, Graph graph, TrainStage.Result trained)
      throws BenchException {
    Weights folded = BatchNormFolding.fold(graph, trained.weights().file().weights());
    ActivationRanges ranges = trained.weights().file().ranges();
    if (!chooses(candidate, trained)) {
      return new Result(model(graph, folded, ranges), word(Calibration.MIN_MAX), Map.of());
    }
    return best(candidate.name(), ways(candidate.name(), graph, folded, ranges));
  }

  private Map<String, byte[]> ways(String name, Graph graph, Weights folded, ActivationRanges seen)
      throws BenchException {
    Map<String, byte[]> ways = new LinkedHashMap<>();
    ways.put(word(Calibration.MIN_MAX), model(graph, folded, seen));
    Observations observed = observe(name, graph, folded);
    addWays(ways, "", graph, folded, observed);
    Weights equalized = CrossLayerEqualization.equalized(graph, folded);
    addWays(ways, "equalized ", graph, equalized, observe(name, graph, equalized));
    return ways;
  }

  private static void addWays(
      Map<String, byte[]> ways, String prefix, Graph graph, Weights weights, Observations observed)
      throws BenchException {
    for (Calibration calibration : Calibration.values()) {
      ActivationRanges ranges = calibration.ranges(observed);
      String way = prefix + word(calibration);
      ways.putIfAbsent(way, model(graph, weights, ranges));
      if (calibration == Calibration.MIN_MAX || calibration == Calibration.MSE) {
        Weights corrected = BiasCorrection.corrected(graph, weights, ranges, observed);
        ways.put(way + " bias-corrected", model(graph, corrected, ranges));
      }
    }
  }

  private static String word(Calibration calibration) {
    return calibration.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Observations observe(String name, Graph graph, Weights folded) throws BenchException {
    Graph without = BatchNormFolding.fold(graph);
    return observer.observe(
        new Observer.Task(name, without, folded, plan.dataset().reference(), DEADLINE));
  }

  private static byte[] model(Graph graph, Weights folded, ActivationRanges ranges)
      throws BenchException {
    return TfliteWriter.write(PostTrainingQuantizer.quantize(graph, folded, ranges));
  }

  private Result best(String name, Map<String, byte[]> ways) throws BenchException {
    Map<String, Double> tried = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> way : ways.entrySet()) {
      tried.put(way.getKey(), accuracy(name + " " + way.getKey(), way.getValue()));
    }
    double greatest = tried.values().stream().mapToDouble(value -> value).max().orElse(0);
    String chosen =
        List.copyOf(tried.keySet()).stream()
            .filter(way -> tried.getOrDefault(way, 0.0) >= greatest)
            .findFirst()
            .orElseThrow();
    return new Result(ways.getOrDefault(chosen, new byte[0]), chosen, tried);
  }

  private double accuracy(String name, byte[] model) throws BenchException {
    return evaluator
        .evaluate(
            new EvaluationTask(name, model, plan.dataset().reference(), Split.VALIDATION, DEADLINE))
        .accuracy();
  }
}
