package org.hilbench.report;

import java.util.Optional;
import java.util.OptionalDouble;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.Timing;
import org.hilbench.quantity.Constraint;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;
import org.hilbench.trial.Accuracy;

/** What a point of the plot can be placed by; smaller is better on each. */
enum Axis {
  ERROR("error", "quantized error, validation"),
  TEST_ERROR("testError", "quantized error, test split"),
  LATENCY("latency", "latency"),
  PEAK_SRAM("peakSram", "peak SRAM"),
  FLASH("flash", "flash"),
  ENERGY("energy", "energy"),
  MACS("macs", "MACs"),
  PARAMS("params", "parameters"),
  INSTRUCTIONS("instructions", "instructions");

  private final String word;
  private final String label;

  Axis(String word, String label) {
    this.word = word;
    this.label = label;
  }

  String word() {
    return word;
  }

  String label() {
    return label;
  }

  /** Where a trial with these numbers lies; empty where that is not known. */
  Optional<Quantity> of(Accuracy accuracy, Measurement measurement) {
    return switch (this) {
      case ERROR -> Optional.of(error(accuracy.int8Validation()));
      case TEST_ERROR -> accuracy.int8Test().stream().mapToObj(Axis::error).findFirst();
      case INSTRUCTIONS -> measurement.timing().flatMap(Timing::instructions);
      case LATENCY, PEAK_SRAM, FLASH, ENERGY, MACS, PARAMS -> measurement.quantity(Metric.of(word));
    };
  }

  private static Quantity error(double accuracy) {
    return fraction(1 - accuracy);
  }

  /** An accuracy or error: images counted on the host, where TFLite itself ran the model. */
  static Quantity fraction(double value) {
    return new Quantity.Counted(value, Unit.FRACTION);
  }

  /** Where on this axis the limit lies; empty where it is about something else. */
  OptionalDouble limit(Constraint constraint) {
    if (this == ERROR && constraint.metric() == Metric.ACCURACY) {
      return OptionalDouble.of(1 - constraint.bound());
    }
    return constraint.metric().word().equals(word)
        ? OptionalDouble.of(constraint.bound())
        : OptionalDouble.empty();
  }
}
