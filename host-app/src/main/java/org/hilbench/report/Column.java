package org.hilbench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hilbench.measure.Timing;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.Quantity;
import org.hilbench.trial.Trial;

/** A column of numbers, in the order of the tables. */
enum Column {
  QUANTIZED("accuracy"),
  TEST("test acc."),
  FLOAT("float acc."),
  LATENCY("latency"),
  PEAK_SRAM("peak SRAM"),
  FLASH("flash"),
  ENERGY("energy"),
  MACS("MACs"),
  PARAMS("params"),
  INSTRUCTIONS("instructions");

  private final String title;

  Column(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The columns that at least one trial has a number for. */
  static List<Column> shown(ReportData data, Points points) {
    List<Trial> trials = data.evaluated();
    return Arrays.stream(values())
        .filter(column -> trials.stream().anyMatch(trial -> column.of(points, trial).isPresent()))
        .toList();
  }

  /** The trial's number; empty where it is not known. */
  Optional<Quantity> of(Points points, Trial trial) {
    return switch (this) {
      case QUANTIZED -> Optional.of(Axis.fraction(points.accuracy(trial).int8Validation()));
      case TEST -> points.accuracy(trial).int8Test().stream().mapToObj(Axis::fraction).findFirst();
      case FLOAT -> Optional.of(Axis.fraction(points.accuracy(trial).floatValidation()));
      case LATENCY -> points.measurement(trial).quantity(Metric.LATENCY);
      case PEAK_SRAM -> points.measurement(trial).quantity(Metric.PEAK_SRAM);
      case FLASH -> points.measurement(trial).quantity(Metric.FLASH);
      case ENERGY -> points.measurement(trial).quantity(Metric.ENERGY);
      case MACS -> points.measurement(trial).quantity(Metric.MACS);
      case PARAMS -> points.measurement(trial).quantity(Metric.PARAMS);
      case INSTRUCTIONS -> points.measurement(trial).timing().flatMap(Timing::instructions);
    };
  }
}
