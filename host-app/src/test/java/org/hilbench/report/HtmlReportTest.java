package org.hilbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.hilbench.store.ExperimentRecord;
import org.hilbench.trial.SampleTrials;
import org.hilbench.trial.Trial;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HtmlReportTest {
  private static final ReportData DATA = SampleReport.of(48);
  private static final String PAGE = HtmlReport.render(DATA);

  /** The page without the plotting library, which names addresses in its comments. */
  private static final String OURS =
      PAGE.replaceAll("(?s)<script>\\s*/\\*.*?Apache Software Foundation.*?</script>", "");

  @TempDir Path folder;

  @Test
  void thePageNeedsNoOtherFileAndForbidsItselfTheNetwork() {
    assertTrue(PAGE.length() > 600_000, "the plotting library is not inside");
    assertTrue(PAGE.contains("default-src 'none'"));
    assertFalse(OURS.contains("{{"), "a place was not filled");
    List<String> references =
        Pattern.compile(
                "(?i)(src|href)\\s*=\\s*\"([^\"]*)\"|@import|url\\(|fetch\\(|XMLHttpRequest")
            .matcher(OURS)
            .results()
            .map(MatchResult::group)
            .filter(found -> !found.matches("href=\"(#.*|data:,)\""))
            .toList();
    assertEquals(List.of(), references);
  }

  @Test
  void everyNumberHasItsOriginBesideIt() {
    String table =
        OURS.substring(OURS.indexOf("<table id=\"table\""), OURS.indexOf("<dl class=\"origins\">"));
    long numbers = Pattern.compile("<span class=\"num\">").matcher(table).results().count();
    long withOrigin =
        Pattern.compile(
                "<span class=\"num\">[^<]+</span> <span class=\"origin (\\w+)\">\\1( \u00b1\\d+"
                    + " %)?</span>")
            .matcher(table)
            .results()
            .count();
    assertTrue(numbers > 300, numbers + " numbers");
    assertEquals(numbers, withOrigin);
    assertTrue(table.contains("ms</span> <span class=\"origin estimated\">estimated \u00b150 %"));
    assertTrue(table.contains("KiB</span> <span class=\"origin linked\">linked"));
  }

  @Test
  void whatComesFromOutsideStaysText() {
    String hostile = "</script><img src=x onerror=alert(1)>\"'&{{data}}";
    String page = HtmlReport.render(with(hostile));
    assertFalse(page.contains("<img src=x"), "markup came through");
    assertTrue(
        page.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;{{data}}"));
    long scripts = Pattern.compile("</script").matcher(page).results().count();
    assertEquals(Pattern.compile("</script").matcher(PAGE).results().count(), scripts);
    assertTrue(PAGE.contains("&lt;see&gt; docs &amp; &quot;report&quot;"), "reason of a failure");
  }

  private static ReportData with(String text) {
    return new ReportData(
        text,
        text,
        new ExperimentRecord(DATA.experiment().startedAt(), Map.of(text, text)),
        DATA.target(),
        DATA.data(),
        DATA.trials(),
        DATA.front(),
        DATA.constraints(),
        Map.of(DATA.front().iterator().next(), text));
  }

  @Test
  void versionsTrainedOnStandInForThoseOfTheSearch() {
    Trial trainedOn = SampleReport.trainedOn(DATA).get(0);
    List<Trial> shown =
        DATA.shown().stream().filter(trial -> trial.number() == trainedOn.number()).toList();
    assertEquals(List.of(trainedOn), shown);
    long badges = Pattern.compile("badge final\">trained on").matcher(OURS).results().count();
    assertEquals(SampleReport.trainedOn(DATA).size(), badges);
  }

  @Test
  void rejectedAndFailedTrialsAreListedWithTheirReason() {
    assertTrue(OURS.contains("Rejected and failed: 7"));
    assertTrue(
        OURS.contains(
            "RAM of mps2-an386 is too small: 4,723,592 bytes are needed, there are 4,194,304"));
    assertTrue(OURS.contains("at verify: op 3 DEPTHWISE_CONV_2D: device CRC 5ad0c1f2"));
  }

  @Test
  void eachTrialSaysHowItsModelReachedTheBoard() {
    String page = HtmlReport.render(SampleReport.uploaded());
    assertTrue(page.contains("Uploaded to resident firmware: 2 of 3 models"));
    assertTrue(page.contains("uploaded to resident firmware; flash by a link of its own image"));
    assertTrue(page.contains("linked into its own image, not uploaded: 4 bytes short"));
  }

  @Test
  void aSearchWithoutNumbersStillHasItsReport() {
    String page = HtmlReport.render(SampleReport.withOnly(List.of()));
    assertTrue(page.contains("Rejected and failed: 0"));
    List<Trial> rejected = List.of(SampleTrials.search(6, 1).get(5));
    assertTrue(
        HtmlReport.render(SampleReport.withOnly(rejected)).contains("Rejected and failed: 1"));
  }

  @Test
  void aBrowserDrawsEveryPointWithoutAComplaint() throws Exception {
    String drawn = inBrowser(PAGE);
    assertTrue(drawn.contains("<option value=\"latency\">latency</option>"), "no choice of axes");
    assertTrue(drawn.contains("Network, in the order of execution"), "no trial is shown");
    Set<Integer> front = DATA.front();
    String plot = drawn.substring(drawn.indexOf("id=\"plot\""), drawn.indexOf("id=\"plot-key\""));
    front.forEach(id -> assertTrue(plot.contains(">" + id + "</text>"), "no label " + id));
    assertTrue(plot.contains("latency &lt; 1.5 s"), "no line for the constraint");
  }

  @Test
  void aBrowserShowsAnEmptySearchWithoutAComplaint() throws Exception {
    String drawn = inBrowser(HtmlReport.render(SampleReport.withOnly(List.of())));
    assertTrue(drawn.contains("No trial has numbers yet."));
  }

  /** The page's elements after its script ran; fails if the browser's console got anything. */
  private String inBrowser(String page) throws IOException, BenchException {
    ExecRunner runner = new ExecRunner();
    Optional<Path> chromium = runner.find("chromium");
    Assumptions.assumeTrue(chromium.isPresent(), "absent: chromium");
    Path file = Files.writeString(folder.resolve("report.html"), page);
    CommandResult result =
        runner.run(
            Command.of(
                    chromium.orElseThrow().toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--enable-logging=stderr",
                    "--virtual-time-budget=3000",
                    "--user-data-dir=" + folder.resolve("profile"),
                    "--dump-dom",
                    file.toUri().toString())
                .withTimeout(Duration.ofMinutes(5)));
    assertTrue(result.ok(), result.tail());
    List<String> complaints =
        result.stderr().lines().filter(line -> line.contains(":CONSOLE")).toList();
    assertEquals(List.of(), complaints);
    return result.stdout();
  }
}
