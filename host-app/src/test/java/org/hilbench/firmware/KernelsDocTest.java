package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.Width;
import org.junit.jupiter.api.Test;

/** The table of operators in docs/kernels.md says what the checks take. */
class KernelsDocTest {
  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z0-9_]+) \\| ([^|]*)\\|[^|]*\\| ([^|]*)\\|[^|]*\\|");

  @Test
  void versionsAreThoseOfTheKernelSets() throws Exception {
    Map<String, String> stated = new TreeMap<>();
    for (String line : Files.readAllLines(SharedData.repository().resolve("docs/kernels.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        stated.put(row.group(1), row.group(2).strip() + " / " + row.group(3).strip());
      }
    }
    assertEquals(taken(), stated);
  }

  private static Map<String, String> taken() throws Exception {
    Map<String, String> own = new TreeMap<>();
    for (RegistrationsFile.Registration line :
        KernelRegistrations.of(KernelSet.HILBENCH, Workshop.templates()).file().own()) {
      String versions = line.leastVersion() + "-" + line.mostVersion() + width(line.width());
      own.merge(line.operator(), versions, (a, b) -> a + ", " + b);
    }
    Map<String, String> all = new TreeMap<>();
    own.keySet().forEach(operator -> all.put(operator, ""));
    ReferenceOps.operators().forEach(operator -> all.put(operator, ""));
    all.replaceAll((operator, none) -> own.getOrDefault(operator, "") + " / " + stock(operator));
    return all;
  }

  private static String stock(String operator) {
    return ReferenceOps.newestVersion(operator).map(newest -> "1-" + newest).orElse("");
  }

  private static String width(Width width) {
    return switch (width) {
      case INT8 -> "";
      case WEIGHTS4 -> " (4-bit weights)";
      case INT16 -> " (int16)";
    };
  }
}
