package org.hilbench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;

/**
 * Quantities as people read them: three significant digits, and units that change late, so that the
 * numbers of one column compare at a glance.
 */
final class Amounts {
  private static final double KIB = 1024;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private Amounts() {}

  static String text(Quantity quantity) {
    return text(quantity.value(), quantity.unit());
  }

  static String text(double value, Unit unit) {
    return switch (unit) {
      case FRACTION -> String.format(Locale.ROOT, "%.2f %%", value * 100);
      case SECONDS -> value < 10 ? digits(value * 1e3) + " ms" : digits(value) + " s";
      case JOULES -> value < 10 ? digits(value * 1e3) + " mJ" : digits(value) + " J";
      case BYTES -> bytes(value);
      case COUNT -> count(value);
      case INSTRUCTIONS, CYCLES -> value < 1e6 ? count(value) : digits(value / 1e6) + " M";
      case HERTZ -> digits(value / 1e6) + " MHz";
    };
  }

  private static String bytes(double value) {
    if (value < KIB) {
      return whole(value) + " B";
    }
    return value < 10 * KIB * KIB
        ? digits(value / KIB) + " KiB"
        : digits(value / KIB / KIB) + " MiB";
  }

  private static String count(double value) {
    if (value < 1_000) {
      return whole(value);
    }
    return value < 1e8 ? digits(value / 1e3) + " k" : digits(value / 1e6) + " M";
  }

  /** Whole numbers below 1000 as they are. */
  private static String whole(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : digits(value);
  }

  private static String digits(double value) {
    if (value == 0 || Math.abs(value) >= 100) {
      return Long.toString(Math.round(value));
    }
    BigDecimal exact = new BigDecimal(value).round(new MathContext(3));
    int behindPoint = 3 - exact.precision() + exact.scale();
    return exact.setScale(behindPoint, RoundingMode.UNNECESSARY).toPlainString();
  }

  /** The error bar of an estimate, as {@code +-50 %}; empty for what is no estimate. */
  static Optional<String> errorBar(Quantity quantity) {
    return quantity instanceof Quantity.Estimated estimated && estimated.relativeError() > 0
        ? Optional.of("+-" + Math.round(estimated.relativeError() * 100) + " %")
        : Optional.empty();
  }

  /** Where a number comes from, with its error bar. */
  static String origin(Quantity quantity) {
    return quantity.origin() + errorBar(quantity).map(bar -> " " + bar).orElse("");
  }

  /** To the minute, in UTC. */
  static String text(Instant instant) {
    return MINUTE.format(instant.atOffset(ZoneOffset.UTC)) + " UTC";
  }

  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 3600) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    if (seconds >= 60) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds >= 1
        ? digits(duration.toMillis() / 1e3) + " s"
        : digits(duration.toNanos() / 1e6) + " ms";
  }
}
