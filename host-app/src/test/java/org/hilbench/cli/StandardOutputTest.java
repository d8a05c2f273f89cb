package org.hilbench.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.ShellLine;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the result cannot go, the program does not end as if it had. */
@Timeout(300)
class StandardOutputTest {
  /** What the parser itself prints, and a document. */
  static Stream<List<String>> commands() {
    return Stream.of(List.of("search", "--help"), List.of("boards", "--json"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aFullDiskIsAnErrorOfThisMachineInOneLine(List<String> arguments) throws Exception {
    CommandResult result = shell(arguments, "> /dev/full");
    assertAll(
        () -> assertEquals(ExitCode.ENVIRONMENT, result.exitCode(), result.stderr()),
        () -> assertEquals(1, result.stderr().lines().count(), result.stderr()),
        () -> assertTrue(result.stderr().contains("standard output"), result.stderr()));
  }

  @Test
  void aClosedOutputIsAnErrorToo() throws Exception {
    CommandResult result = shell(List.of("--help"), ">&-");
    assertEquals(ExitCode.ENVIRONMENT, result.exitCode(), result.stderr());
  }

  @Test
  void aReaderThatHasReadEnoughIsToldNothing() throws Exception {
    CommandResult result =
        shell("exec 3> >(exit 0); wait $!; ", List.of("boards", "--json"), ">&3");
    assertEquals(StandardOutput.READER_GONE, result.exitCode(), result.stderr());
    assertEquals("", result.stderr());
  }

  @Test
  void aReaderThatReadsToTheEndGetsAll() throws Exception {
    CommandResult result = shell(List.of("boards", "--json"), "| tail -n 1");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("}", result.stdout().strip());
  }

  private static CommandResult shell(List<String> arguments, String redirection) throws Exception {
    return shell("", arguments, redirection);
  }

  private static CommandResult shell(String before, List<String> arguments, String redirection)
      throws Exception {
    List<String> java =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Dhilbench.home=" + SharedData.repository(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    java.addAll(arguments);
    String line = before + ShellLine.of(java) + " " + redirection;
    return new ExecRunner().run(Command.of("bash", "-c", line));
  }
}
