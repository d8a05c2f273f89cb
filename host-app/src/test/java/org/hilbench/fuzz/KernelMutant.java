package org.hilbench.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hilbench.tflite.Width;

/**
 * One kernel broken on purpose: a text of its source that another takes the place of.
 *
 * @param widths of the models that are to run on it
 * @param file in firmware-templates/kernels
 * @param occurrence which of the places where the text stands, from 0
 */
record KernelMutant(
    Set<Width> widths, String file, String what, String text, String replacement, int occurrence) {
  private static final String TABLE = "mutants.txt";

  KernelMutant {
    widths = Set.copyOf(widths);
  }

  /** The table's, in its order. */
  static List<KernelMutant> table() throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream table = KernelMutant.class.getResourceAsStream(TABLE)) {
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(lines::add);
    }
    List<KernelMutant> mutants = new ArrayList<>();
    for (int i = 0; i + 2 < lines.size(); i += 3) {
      mutants.add(parse(lines.get(i), lines.get(i + 1), lines.get(i + 2)));
    }
    return mutants;
  }

  private static KernelMutant parse(String head, String text, String replacement) {
    String[] parts = head.split(" \\| ", -1);
    if (parts.length != 3 || !text.startsWith("- ") || !replacement.startsWith("+ ")) {
      throw new IllegalArgumentException(TABLE + ": " + head);
    }
    Set<Width> widths = EnumSet.noneOf(Width.class);
    for (String width : parts[0].split(" ", -1)) {
      widths.add(Width.of(Integer.parseInt(width)));
    }
    boolean second = parts[1].endsWith("(2)");
    return new KernelMutant(
        widths,
        parts[1].replace("(2)", ""),
        parts[2],
        text.substring(2),
        replacement.substring(2),
        second ? 1 : 0);
  }

  /**
   * The source with the mutant in it.
   *
   * @throws IllegalArgumentException if the text stands there no longer
   */
  String applied(String source) {
    int at = source.indexOf(text);
    for (int i = 0; i < occurrence && at >= 0; i++) {
      at = source.indexOf(text, at + 1);
    }
    if (at < 0) {
      throw new IllegalArgumentException(file + " no longer has: " + text);
    }
    return source.substring(0, at) + replacement + source.substring(at + text.length());
  }

  String applied(Path kernels) throws IOException {
    return applied(Files.readString(kernels.resolve(file)));
  }

  @Override
  public String toString() {
    return file + ", " + what;
  }
}
