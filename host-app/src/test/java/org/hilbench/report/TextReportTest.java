package org.hilbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.hilbench.trial.Outcome;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.Test;

final class TextReportTest {
  private static final ReportData DATA = SampleReport.of(24);

  @Test
  void everyTrialOfTheFrontHasALineMostAccurateFirst() {
    List<String> rows = rows(160);
    assertEquals(DATA.front().size(), rows.size());
    List<Double> accuracies = rows.stream().map(row -> Double.valueOf(row.split(" +")[1])).toList();
    assertEquals(accuracies.stream().sorted((a, b) -> Double.compare(b, a)).toList(), accuracies);
  }

  /** The lines between the word of the origins and the note. */
  private static List<String> rows(int width) {
    return TextReport.render(DATA, width)
        .lines()
        .dropWhile(line -> !line.contains("  counted"))
        .skip(1)
        .takeWhile(line -> !line.isEmpty() && !line.startsWith("* "))
        .map(String::strip)
        .toList();
  }

  @Test
  void theOriginOfEveryColumnIsUnderItsHead() {
    List<String> lines = TextReport.render(DATA, 200).lines().toList();
    int head = 2;
    for (Map.Entry<String, String> column :
        Map.of(
                "latency", "estimated +-50 %",
                "flash", "linked",
                "peak SRAM", "simulated",
                "instructions", "simulated",
                "MACs", "counted")
            .entrySet()) {
      int end = lines.get(head).indexOf(column.getKey()) + column.getKey().length();
      String origins = lines.get(head + 1).substring(0, end);
      assertTrue(origins.endsWith(column.getValue()), column + " in " + lines);
    }
  }

  @Test
  void trainedOnTrialsAreMarkedAndHaveATestAccuracy() {
    List<String> marked = rows(160).stream().filter(row -> row.startsWith("*")).toList();
    assertEquals(SampleReport.trainedOn(DATA).size(), marked.size());
    marked.forEach(row -> assertFalse(row.contains(" - "), row));
  }

  @Test
  void noLineIsLongerThanTheTerminal() {
    for (int width : List.of(60, 80, 100, 120, 200)) {
      for (String line : TextReport.render(DATA, width).lines().toList()) {
        assertTrue(line.length() <= width, line.length() + " > " + width + ": " + line);
      }
    }
  }

  @Test
  void aWideTerminalShowsMoreThanANarrowOne() {
    assertTrue(TextReport.render(DATA, 200).contains("instructions"));
    assertFalse(TextReport.render(DATA, 80).contains("instructions"));
    assertTrue(TextReport.render(DATA, 80).contains("peak SRAM"));
  }

  @Test
  void rejectedAndFailedTrialsAreCountedAndNamed() {
    String text = TextReport.render(DATA, 120);
    assertTrue(text.contains("24 trials: 21 with numbers, 2 rejected, 1 failed"), text);
    assertTrue(text.contains("RAM of mps2-an386 is too small: trial 5, 16"), text);
    assertTrue(text.contains("verify failed: trial 9"), text);
  }

  @Test
  void howModelsReachedTheBoardIsSaidWhereTheyWereUploaded() {
    String text = TextReport.render(SampleReport.uploaded(), 200);
    assertTrue(text.contains("Uploaded to resident firmware: 2 of 3 models; flash is read"), text);
    assertTrue(text.contains("no room for those of trial 1, which were linked"), text);
    assertFalse(TextReport.render(DATA, 200).contains("esident"));
  }

  @Test
  void anEmptySearchIsSaidSo() {
    String text = TextReport.render(SampleReport.withOnly(List.of()), 80);
    assertTrue(text.startsWith("No trial is on the Pareto front.\n"), text);
    assertTrue(text.contains("0 trials: 0 with numbers, 0 rejected, 0 failed"), text);
  }

  @Test
  void aSearchWithoutAUsableTrialIsSaidSo() {
    List<Trial> unusable =
        SampleTrials.search(24, 1).stream()
            .filter(trial -> !(trial.outcome() instanceof Outcome.Evaluated))
            .toList();
    String text = TextReport.render(SampleReport.withOnly(unusable), 80);
    assertTrue(text.contains("3 trials: 0 with numbers, 2 rejected, 1 failed"), text);
  }

  @Test
  void estimatesOfDifferentKernelsAreNotComparedAsIfTheyWereExact() {
    assertFalse(TextReport.render(DATA, 400).contains("estimated in different ways"));
    Trial own = DATA.evaluated().get(0);
    Trial other = SampleReport.estimatedWith("external", 1.5, DATA.evaluated().get(1));
    ReportData mixed = SampleReport.withOnly(List.of(own, other));
    String said =
        "(1.00 cycles an instruction +-50 % with kernels stock; 1.50 cycles an instruction +-50 %"
            + " with kernels external): the ratio of two such latencies is no better than their"
            + " error bars.";
    assertTrue(TextReport.render(mixed, 1000).contains(said), TextReport.render(mixed, 1000));
    assertTrue(HtmlReport.render(mixed).contains("the ratio of two such latencies"));
  }
}
