package org.hilbench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.measure.Measurement;
import org.hilbench.quantity.Quantity;

/**
 * With which factors the latencies of a search were estimated, in words. Trials of one factor
 * compare as their instructions do; between two factors a ratio is only as good as both intervals.
 */
record Estimates(List<String> factors) {
  static Estimates of(ReportData data, Points points) {
    return new Estimates(
        data.evaluated().stream()
            .map(points::measurement)
            .flatMap(Estimates::factor)
            .distinct()
            .sorted()
            .toList());
  }

  private static Stream<String> factor(Measurement measurement) {
    return measurement.timing().stream()
        .filter(timing -> timing.cycles() instanceof Quantity.Estimated)
        .flatMap(
            timing ->
                timing.instructions().stream()
                    .map(count -> factor(measurement, timing.cycles(), count)));
  }

  private static String factor(Measurement measurement, Quantity cycles, Quantity instructions) {
    return String.format(
        Locale.ROOT,
        "%.2f cycles an instruction %swith kernels %s",
        cycles.value() / instructions.value(),
        Amounts.errorBar(cycles).map(bar -> bar + " ").orElse(""),
        measurement.tflm().kernels());
  }

  /** Empty where all estimates compare with each other. */
  Optional<String> sentence() {
    return factors.size() < 2
        ? Optional.empty()
        : Optional.of(
            "Latencies were estimated in different ways ("
                + factors.stream().collect(Collectors.joining("; "))
                + "): the ratio of two such latencies is no better than their error bars.");
  }
}
