package org.hilbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.hilbench.firmware.CompileWatcher.Step;
import org.junit.jupiter.api.Test;

class StepLinesTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintableStream err =
      PrintableStream.over(new PrintStream(written, true, StandardCharsets.UTF_8));
  private Instant now = Instant.EPOCH;

  @Test
  void aStepSaysThatItBeganBeforeItEnds() {
    StepLines lines = lines(false);
    try (Step step = lines.begins("the kernels for cortex-m4f")) {
      assertEquals("hilbench: compiling the kernels for cortex-m4f (once) ... ", text());
      now = now.plusSeconds(24);
      step.done();
    }
    assertEquals(
        "hilbench: compiling the kernels for cortex-m4f (once) ... done in 24 s\n", text());
  }

  @Test
  void aStepThatIsNotDoneHasFailed() {
    lines(false).begins("the kernels").close();
    assertEquals("hilbench: compiling the kernels (once) ... failed after 0 s\n", text());
  }

  @Test
  void twoThatWaitForTheSameHaveOneLine() {
    StepLines lines = lines(false);
    Step one = lines.begins("the kernels");
    lines.begins("the kernels").done();
    one.done();
    assertEquals("hilbench: compiling the kernels (once) ... done in 0 s\n", text());
  }

  @Test
  void ofTwoAtOnceEachHasWholeLines() {
    StepLines lines = lines(false);
    Step one = lines.begins("one");
    Step two = lines.begins("two");
    one.done();
    two.done();
    assertEquals(
        """
        hilbench: compiling one (once) ...\s
        hilbench: compiling two (once) ...\s
        hilbench: compiling one (once) ... done in 0 s
        hilbench: compiling two (once) ... done in 0 s
        """,
        text());
  }

  @Test
  void onATerminalTheLineIsWrittenAnew() {
    Step step = lines(true).begins("the kernels");
    step.done();
    assertTrue(
        text().endsWith("\r\033[Khilbench: compiling the kernels (once) ... done in 0 s\n"),
        text());
  }

  private StepLines lines(boolean terminal) {
    return new StepLines(err, terminal, () -> now);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
