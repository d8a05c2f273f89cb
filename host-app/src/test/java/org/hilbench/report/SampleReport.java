package org.hilbench.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.measure.Loading;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;
import org.hilbench.store.DataShape;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.store.TrialJson;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.Trial;

/** A search as the report gets it, with invented numbers of the right size. */
final class SampleReport {
  private SampleReport() {}

  /** Writes the page to the first argument, to look at, and the text report to stdout. */
  public static void main(String[] args) throws IOException {
    ReportData data = of(48);
    Files.writeString(Path.of(args[0]), HtmlReport.render(data));
    System.out.print(TextReport.render(data, args.length > 1 ? Integer.parseInt(args[1]) : 120));
  }

  static ReportData of(int trials) {
    List<Trial> searched = SampleTrials.search(trials, 1);
    Set<Integer> front = front(searched);
    List<Trial> trainedOn =
        searched.stream()
            .filter(trial -> front.contains(trial.number()))
            .sorted(java.util.Comparator.comparingDouble(trial -> -accuracy(trial)))
            .limit(3)
            .map(SampleTrials::trainedOn)
            .toList();
    return new ReportData(
        "fashion-mnist on mps2-an386",
        "./hilbench search --seed 1 --trials 24 --constraint \"latency < 1500 ms\" --out runs/a",
        new ExperimentRecord(Instant.parse("2026-03-14T09:26:53Z"), SampleTrials.flags()),
        SampleTrials.TARGET,
        Optional.of(new DataShape(SampleTrials.INPUT, SampleTrials.CLASSES)),
        Stream.concat(searched.stream(), trainedOn.stream()).toList(),
        front,
        List.of(Constraint.parse("latency < 1500 ms"), Constraint.parse("peakSram <= 96 KiB")),
        trainedOn.stream()
            .collect(
                Collectors.toMap(Trial::number, trial -> "models/" + trial.number() + ".tflite")));
  }

  /** The final versions among its trials. */
  static List<Trial> trainedOn(ReportData data) {
    return data.trials().stream().filter(Trial::finalVersion).toList();
  }

  static ReportData withOnly(List<Trial> trials) {
    ReportData full = of(1);
    return new ReportData(
        full.title(),
        full.command(),
        full.experiment(),
        full.target(),
        full.data(),
        trials,
        Set.of(),
        List.of(),
        Map.of());
  }

  /** Of a search with uploads: two models uploaded, one linked since there was no room for it. */
  static ReportData uploaded() {
    List<Trial> trials = SampleTrials.search(3, 1);
    return withOnly(
        List.of(
            loaded(trials.get(0), Loading.UPLOADED, Optional.empty()),
            loaded(trials.get(1), Loading.LINKED, Optional.of("4 bytes short")),
            loaded(trials.get(2), Loading.UPLOADED, Optional.empty())));
  }

  /** The same trial as if other kernels had run, at this many cycles an instruction. */
  static Trial estimatedWith(String kernels, double cyclesPerInstruction, Trial trial) {
    JsonMapper json = TrialJson.mapper();
    ObjectNode tree = json.valueToTree(trial);
    ObjectNode on = (ObjectNode) tree.at("/outcome/on/" + SampleTrials.BOARD);
    ((ObjectNode) on.get("tflm")).put("kernels", kernels);
    double instructions = on.at("/timing/instructions/value").doubleValue();
    ((ObjectNode) on.at("/timing/cycles")).put("value", instructions * cyclesPerInstruction);
    return json.convertValue(tree, Trial.class);
  }

  private static Trial loaded(Trial trial, Loading loading, Optional<String> linkedBecause) {
    JsonMapper json = TrialJson.mapper();
    ObjectNode tree = json.valueToTree(trial);
    ObjectNode on = (ObjectNode) tree.at("/outcome/on/" + SampleTrials.BOARD);
    on.put("loading", loading.name()).put("linkedBecause", linkedBecause.orElse(null));
    return json.convertValue(tree, Trial.class);
  }

  private static Set<Integer> front(List<Trial> trials) {
    List<Trial> fit =
        trials.stream()
            .filter(trial -> trial.outcome() instanceof Outcome.Evaluated && latency(trial) < 1.5)
            .toList();
    return fit.stream()
        .filter(trial -> fit.stream().noneMatch(other -> dominates(other, trial)))
        .map(Trial::number)
        .collect(Collectors.toSet());
  }

  private static boolean dominates(Trial one, Trial other) {
    return accuracy(one) >= accuracy(other)
        && latency(one) <= latency(other)
        && value(one, Metric.PEAK_SRAM) <= value(other, Metric.PEAK_SRAM)
        && (accuracy(one) > accuracy(other) || latency(one) < latency(other));
  }

  private static double accuracy(Trial trial) {
    return ((Outcome.Evaluated) trial.outcome()).accuracy().int8Validation();
  }

  private static double latency(Trial trial) {
    return value(trial, Metric.LATENCY);
  }

  private static double value(Trial trial, Metric metric) {
    return ((Outcome.Evaluated) trial.outcome())
        .on(SampleTrials.TARGET)
        .quantity(metric)
        .orElseThrow()
        .value();
  }
}
