package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.data.SensorWindows;
import org.hilbench.desk.Home;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.firmware.Workshop;
import org.hilbench.report.Json;
import org.hilbench.testkit.SharedData;

/**
 * A program other than the command line: a search of a space, a data set and a strategy that the
 * product has not, trained, built and run for real; then it goes on, and finds that all is done.
 */
final class WholeSearch {
  static final int TRIALS = 3;

  /** What the command line is made of. */
  private static final List<String> COMMAND_LINE =
      List.of("org.hilbench.cli.Main", "picocli.CommandLine");

  private WholeSearch() {}

  /**
   * Takes the folder of the search, and leaves what it came to in {@code result.json} beside it.
   */
  public static void main(String[] args) throws Exception {
    COMMAND_LINE.forEach(WholeSearch::requireAbsent);
    Path folder = Path.of(args[0]);
    Path data = Files.createDirectories(folder.resolveSibling("data"));
    SensorWindows.write(data, 400, 40);
    Map<String, Object> stated =
        Map.ofEntries(
            Map.entry("dataset", "sensor-windows"),
            Map.entry("data", data.toString()),
            Map.entry("space", "chain"),
            Map.entry("strategy", "policyGradient"),
            Map.entry("policyGradient.rate", 1.5),
            Map.entry("trials", TRIALS),
            Map.entry("window", 0),
            Map.entry("samples", 128),
            Map.entry("finalSamples", 128));
    ExperimentResult result = run(folder, stated, false, 0);
    ExperimentResult again = run(folder, Map.of(), true, TRIALS);
    assertEquals(result.json(), again.json());
    String refused =
        assertThrows(
                BenchException.class, () -> run(folder, Map.of("space", "image"), true, TRIALS))
            .getMessage();
    assertEquals(
        "this search was started with other flags: --space was chain, now image;"
            + " resume it with the same flags or none, or start another with --out",
        refused);
    Files.writeString(folder.resolveSibling("result.json"), Json.text(again.json()));
  }

  private static void requireAbsent(String className) {
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName(className),
        () -> className + " is on the class path");
  }

  private static ExperimentResult run(
      Path folder, Map<String, Object> stated, boolean resume, int stored) throws Exception {
    Home home = new Home(SharedData.repository(), Workshop.cache());
    Experiment.Opening opening =
        new Experiment.Opening(
            new RunFolder(folder),
            stated,
            resume,
            List.of(),
            CompileWatcher.NOBODY,
            Toys.providers());
    try (Experiment open = Experiment.open(home, opening, opening.plan(home))) {
      assertEquals(stored, open.stored());
      ExperimentResult result = open.run(ExperimentListener.NOBODY).orElseThrow();
      result.write();
      return result;
    }
  }
}
