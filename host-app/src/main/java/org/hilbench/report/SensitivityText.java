package org.hilbench.report;

import java.util.Locale;
import org.hilbench.trial.Sensitivity;

/** What each layer costs in 4 bits, as a table for a terminal. */
public final class SensitivityText {
  private SensitivityText() {}

  public static String render(Sensitivity sensitivity) {
    StringBuilder text = new StringBuilder();
    line(text, "int8 accuracy %.2f %%; each layer alone in 4 bits:", 100 * sensitivity.int8());
    line(text, "%5s  %-22s %9s %12s %10s", "node", "layer", "weights", "bytes saved", "lost");
    for (Sensitivity.Layer layer : sensitivity.layers()) {
      line(
          text,
          "%5d  %-22s %,9d %,12d %7.2f pp",
          layer.node(),
          layer.op(),
          layer.weights(),
          layer.weights() / 2,
          100 * sensitivity.lost(layer));
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
