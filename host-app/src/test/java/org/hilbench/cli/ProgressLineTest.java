package org.hilbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintableStream err =
      PrintableStream.over(new PrintStream(shown, true, StandardCharsets.UTF_8));
  private Instant now = Instant.EPOCH;

  private String text() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutATerminalOnlyTheLinesAreWritten() {
    try (ProgressLine line = new ProgressLine(err, false, 20, () -> now)) {
      line.update(0.5, "trial 1");
      line.print("a line");
    }
    assertEquals("a line" + System.lineSeparator(), text());
  }

  @Test
  void theTimeLeftFollowsThePaceSoFar() {
    try (ProgressLine line = new ProgressLine(err, true, 80, () -> now)) {
      line.update(0.5, "resumed");
      now = now.plusSeconds(60);
      line.update(0.75, "trial 7");
    }
    assertTrue(text().contains("ETA --:--"), text());
    assertTrue(text().contains("75 %  ETA 1:00  trial 7"), text());
  }

  @Test
  void aLineWiderThanTheTerminalLosesItsEnd() {
    try (ProgressLine line = new ProgressLine(err, true, 20, () -> now)) {
      line.printFitting("a line of more than twenty columns");
    }
    assertTrue(text().contains("a line of more th..." + System.lineSeparator()), text());
  }
}
