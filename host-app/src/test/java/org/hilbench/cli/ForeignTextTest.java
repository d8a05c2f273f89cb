package org.hilbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.Printable;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.lab.LabFile;
import org.hilbench.log.StandardErrorLog;
import org.hilbench.report.Json;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile text from wherever text comes, printed by the real commands and streams. */
class ForeignTextTest {
  private static final String FORGED = "FORGED all outputs are equal";
  private static final String EVIL =
      "x\033[2J\033]0;t\007\n"
          + FORGED
          + "\r"
          + FORGED
          + "\u009b1A\u202e\u2028"
          + FORGED
          + "\u007f";

  @TempDir Path folder;

  @Test
  void commandLinesOptionsAndPathsForgeNothing() throws Exception {
    Path empty = Files.createDirectories(folder.resolve(EVIL.replace("/", "")));
    List<List<String>> commands =
        List.of(
            List.of(EVIL),
            List.of("measure", EVIL),
            List.of("measure", empty.toString()),
            List.of("measure", "--" + EVIL, "m"),
            List.of("measure", "m", "--runs", EVIL),
            List.of("measure", "m", "--kernels", EVIL),
            List.of("measure", "m", "--tflm", EVIL),
            List.of("measure", "m", "--meter", EVIL),
            List.of("search", "--constraint", EVIL),
            List.of("search", "--objective", EVIL),
            List.of("search", "--board", EVIL, "--out", folder.resolve("o").toString()),
            List.of("search", "--reuse", EVIL),
            List.of("search", "--resume", "--out", empty.toString()),
            List.of("report", EVIL),
            List.of("report", empty.toString()),
            List.of("sensitivity", empty.toString(), "3"),
            List.of("boards", "--adopt", EVIL),
            List.of("selftest", "--board", EVIL));
    for (List<String> command : commands) {
      String shown = shown(() -> assertNotEquals(0, Main.run(command.toArray(new String[0]))));
      assertClean(shown);
      assertTrue(shown.contains("hilbench: "), command + ": " + shown);
    }
  }

  @Test
  void namesInModelsForgeNothing() throws Exception {
    TfliteModel model =
        TfliteModel.parse(Files.readAllBytes(SharedData.data("odd_models/esc_name.tflite")));
    model.tensors().forEach(tensor -> assertOneLine(tensor.label()));
    byte[] patched =
        new String(model.bytes(), StandardCharsets.ISO_8859_1)
            .replaceFirst("(?s)TFL3(.*)CONV", "TFL3$1C\033\n\u009bV")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(model.size(), patched.length);
    Path file = Files.write(folder.resolve("m.tflite"), patched);
    for (String kernels : List.of("reference", "hilbench")) {
      assertClean(
          shown(() -> Main.run("measure", file.toString(), "--board", EVIL, "--kernels", kernels)));
    }
  }

  @Test
  void valuesInYamlForgeNothing() throws Exception {
    String quoted = new ObjectMapper().writeValueAsString(EVIL);
    Path shipped = SharedData.repository().resolve("board-profiles/mps2-an386/board.yaml");
    String yaml = Files.readString(shipped);
    List<String> keys =
        yaml.lines()
            .filter(line -> line.matches("\\w+: .*"))
            .map(line -> line.substring(0, line.indexOf(':')))
            .toList();
    for (String key : keys) {
      Path profiles = folder.resolve("p-" + key);
      Files.writeString(
          Files.createDirectories(profiles.resolve("mps2-an386")).resolve("board.yaml"),
          yaml.replaceFirst(
              "(?m)^" + key + ": .*",
              java.util.regex.Matcher.quoteReplacement(key + ": " + quoted)));
      thrown(() -> BoardProfiles.load(profiles)).ifPresent(ForeignTextTest::assertCleanMessage);
    }
    Path lab = folder.resolve("lab.yaml");
    for (String text :
        List.of(
            quoted + ": 1", "boards: " + quoted, "boards: [{" + quoted + ": 2}]", "\"" + EVIL)) {
      Files.writeString(lab, text);
      assertCleanMessage(thrown(() -> new LabFile(lab).read()).orElseThrow());
    }
  }

  @Test
  void theWordsOfToolsAreIndentedAndEscaped() {
    CommandResult result =
        new CommandResult(Command.of("tool"), 1, "", EVIL + "\n" + EVIL, Duration.ZERO);
    assertOneLine(result.tail());
    String block = Printable.block("it failed:", result.lastLines().stream());
    assertCleanMessage(new BenchException(Stage.BUILD, BenchException.Kind.TRIAL, block));
  }

  @Test
  void theLogForgesNothingNeitherInMessagesNorInTraces() throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    String shown =
        shown(
            () -> {
              new StandardErrorLog().configure(context);
              context.getLogger("org.hilbench.x").warn("the board said {}", EVIL);
              Exception cause = new IllegalStateException(EVIL);
              context.getLogger("x").error(EVIL, new RuntimeException(EVIL, cause));
            });
    assertClean(shown);
    assertTrue(shown.contains("the board said x\\x1b[2J"), shown);
    assertTrue(shown.contains("    | java.lang.RuntimeException: x\\x1b"), shown);
  }

  @Test
  void jsonIsValidAndActsNowhere() throws Exception {
    String shown =
        shown(() -> PrintableStream.out().document(Json.text(Map.of(EVIL, List.of(EVIL)))));
    assertClean(shown);
    assertEquals(Map.of(EVIL, List.of(EVIL)), new ObjectMapper().readValue(shown, Map.class));
  }

  @Test
  void nothingPassesAStreamWhicheverMethodPrintsIt() throws Exception {
    List<Printing> ways = new ArrayList<>();
    ways.add(() -> PrintableStream.out().print(EVIL));
    ways.add(() -> PrintableStream.out().println(EVIL));
    ways.add(() -> PrintableStream.out().println((Object) EVIL));
    ways.add(() -> PrintableStream.out().println(EVIL.toCharArray()));
    ways.add(() -> EVIL.chars().forEach(unit -> PrintableStream.out().print((char) unit)));
    ways.add(() -> PrintableStream.err().printf(java.util.Locale.ROOT, "%s%n", EVIL));
    ways.add(() -> PrintableStream.err().append(EVIL).append(EVIL, 1, 20));
    for (Printing way : ways) {
      assertClean(shown(way));
    }
    String raw =
        shown(
            () ->
                PrintableStream.err().write("a\033[2J\r\nb\007".getBytes(StandardCharsets.UTF_8)));
    assertEquals("a\\x1b[2J\\x0d\nb\\x07", raw);
  }

  @FunctionalInterface
  private interface Printing {
    void print() throws Exception;
  }

  private static String shown(Printing printing) throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream captured = new PrintStream(both, true, StandardCharsets.UTF_8);
    System.setOut(captured);
    System.setErr(captured);
    try {
      printing.print();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return both.toString(StandardCharsets.UTF_8);
  }

  private static java.util.Optional<Exception> thrown(Printing printing) {
    try {
      printing.print();
      return java.util.Optional.empty();
    } catch (BenchException e) {
      return java.util.Optional.of(e);
    } catch (Exception e) {
      throw new AssertionError("not typed: " + e, e);
    }
  }

  private static void assertCleanMessage(Exception thrown) {
    try {
      assertClean(shown(() -> PrintableStream.err().println("hilbench: " + thrown.getMessage())));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void assertOneLine(String text) {
    assertClean(text);
    assertFalse(text.contains("\n"), text);
  }

  private static void assertClean(String shown) {
    shown
        .chars()
        .forEach(
            unit ->
                assertTrue(
                    unit == '\n'
                        || (unit >= ' ' && unit < 0x7f)
                        || (unit >= 0xa0 && (unit < 0x200b || unit > 0x202e)),
                    () -> Integer.toHexString(unit) + " is raw in: " + Printable.line(shown)));
    assertTrue(
        shown.lines().noneMatch(line -> line.strip().startsWith("FORGED")),
        () -> "a forged line in: " + shown);
  }
}
