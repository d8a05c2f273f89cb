package org.hilbench.energy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A power trace as a text file, format 1 of docs/energy-meters.md: lines {@code # key: value}, then
 * CSV of one line a sample. What is read back is equal to what was written, to the last bit.
 */
public final class TraceFile {
  private static final String TITLE = "# hilbench power trace, version 1";
  private static final String COLUMNS = "amperes,trigger";
  private static final String AT_THE_EDGE = "at the trigger's rising edge";

  private TraceFile() {}

  /**
   * Writes it whole or not at all; a file of that name is replaced.
   *
   * @throws EnergyException if it cannot be written
   */
  public static void write(PowerTrace trace, Path file) throws EnergyException {
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part)) {
        out.write(header(trace));
        for (int i = 0; i < trace.samples(); i++) {
          out.write(trace.amperes(i) + (trace.high(i) ? ",1\n" : ",0\n"));
        }
      }
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EnergyException("the samples cannot be kept in " + file + ": " + e);
    }
  }

  private static String header(PowerTrace trace) {
    return String.join(
        "\n",
        TITLE,
        "# origin: measured",
        "# meter: " + trace.meter(),
        "# sampleRateHz: " + trace.sampleRateHz(),
        "# supplyVolts: " + trace.supplyVolts(),
        "# samples: " + trace.samples(),
        "# begins: " + (trace.beginsAtTheEdge() ? AT_THE_EDGE : "anywhere"),
        "# triggerEdges: " + trace.edges().toString().replaceAll("[\\[\\],]", ""),
        COLUMNS,
        "");
  }

  /**
   * Reads a file of {@link #write}.
   *
   * @throws EnergyException naming file and line where it is not one, or where it is cut off
   */
  public static PowerTrace read(Path file) throws EnergyException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      if (!TITLE.equals(in.readLine())) {
        throw new EnergyException(file + " does not begin with '" + TITLE + "'");
      }
      Map<String, String> header = header(in);
      List<Double> amperes = new ArrayList<>();
      BitSet trigger = new BitSet();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int comma = line.indexOf(',');
        trigger.set(amperes.size(), line.substring(comma + 1).equals("1"));
        amperes.add(Double.parseDouble(line.substring(0, Math.max(comma, 0))));
      }
      if (amperes.size() != number(header, "samples")) {
        throw new EnergyException(
            String.format(
                Locale.ROOT,
                "%s is cut off: it holds %d of %s samples",
                file,
                amperes.size(),
                header.get("samples")));
      }
      return trace(header, amperes.stream().mapToDouble(Double::doubleValue).toArray(), trigger);
    } catch (IOException | IllegalArgumentException e) {
      throw new EnergyException(file + " is no power trace: " + e.getMessage());
    }
  }

  private static Map<String, String> header(BufferedReader in) throws IOException {
    Map<String, String> header = new HashMap<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(COLUMNS)) {
        return header;
      }
      int colon = line.indexOf(": ");
      if (!line.startsWith("# ") || colon < 0) {
        throw new IllegalArgumentException("'" + line + "' is not '# key: value'");
      }
      header.put(line.substring(2, colon), line.substring(colon + 2));
    }
    throw new IllegalArgumentException("no line '" + COLUMNS + "'");
  }

  private static PowerTrace trace(Map<String, String> header, double[] amperes, BitSet trigger)
      throws EnergyException {
    String meter = header.getOrDefault("meter", "");
    double rate = number(header, "sampleRateHz");
    double volts = number(header, "supplyVolts");
    return AT_THE_EDGE.equals(header.get("begins"))
        ? PowerTrace.fromTheEdge(meter, rate, volts, amperes)
        : new PowerTrace(meter, rate, volts, amperes, trigger);
  }

  private static double number(Map<String, String> header, String key) {
    String text = header.get(key);
    if (text == null) {
      throw new IllegalArgumentException("no line '# " + key + ": ..'");
    }
    return Double.parseDouble(text);
  }
}
