package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How a search and the launcher end by a signal: the exit code tells which, and nothing is left.
 */
@Tag("sim")
class SignalsTest {
  private static final String UNDER_WAY = "trial +0 ";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalEndsASearchWithItsCodeAndSaysHowToGoOn(String signal, int code) throws Exception {
    try (Running search = start(Program.DEFAULT_SIGNALS)) {
      search.awaitSaid("seed 3");
      search.signal(signal);
      assertEquals(code, search.ended(), search.said());
      search.awaitNothingLeft();
      assertTrue(search.said().contains("--resume"), search.said());
    }
  }

  /** As nohup and the background of a script start it: those signals are not meant for it. */
  @Test
  void whatIgnoresInterruptsAndHangUpsGoesOnUntilItIsTerminated() throws Exception {
    try (Running search = start(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"))) {
      search.awaitSaid("seed 3");
      search.signal("INT");
      search.signal("HUP");
      search.awaitSaid(UNDER_WAY);
      search.signal("TERM");
      assertEquals(143, search.ended(), search.said());
      search.awaitNothingLeft();
      assertTrue(search.said().contains("--resume"), search.said());
    }
  }

  /** A step of set-up or of the build, with a child that would outlive its parent. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalEndsAStepOfTheLauncherWithAllThatItStarted(String signal, int code) throws Exception {
    Path log = folder.resolve("log");
    String script =
        "program=test root=$1; . \"$1/scripts/machine.sh\"; HILBENCH_CACHE=$2; open_log step;"
            + " step 'a step' sh -c 'sleep 600 & echo $! >\"$0\"; wait' \"$2/child\"; echo after";
    List<String> command = new ArrayList<>(Program.DEFAULT_SIGNALS);
    command.addAll(List.of("bash", "-c", script, "bash"));
    command.addAll(List.of(Program.ROOT.toString(), folder.toString()));
    try (Running step = new Running(Program.start(command, log, log), log)) {
      step.awaitSaid("a step");
      Path child = folder.resolve("child");
      while (!Files.exists(child) || Files.size(child) == 0) {
        assertTrue(step.runs(), step.said());
        Thread.onSpinWait();
      }
      step.signal(signal);
      assertEquals(code, step.ended(), step.said());
      step.awaitNothingLeft();
      assertTrue(step.said().endsWith("test: stopped by SIG" + signal + "\n"), step.said());
    }
  }

  private Running start(List<String> wrapper) throws Exception {
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>(wrapper);
    command.add(Program.ROOT.resolve("hilbench").toString());
    command.addAll(
        Arrays.asList(
            "search", "--out", folder.resolve("run").toString(), "--trials", "8", "--seed", "3"));
    command.addAll(List.of("--samples", "640", "--no-final"));
    return new Running(Program.start(command, log, log), log);
  }
}
