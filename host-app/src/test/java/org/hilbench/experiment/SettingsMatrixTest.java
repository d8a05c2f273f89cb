package org.hilbench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.cli.Main;
import org.hilbench.desk.Home;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.lab.LabFile;
import org.hilbench.search.SteadyStateEvolution;
import org.hilbench.search.TellOrder;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every key of the settings and every number on the command line, with every kind of bad value. */
class SettingsMatrixTest {
  private static final SettingsReader READER = SettingsReader.standard();

  /** What no key takes. */
  private static final List<String> NOWHERE =
      List.of("", "null", "~", "{a: 1}", "[[1]]", "&x 3", "*x", "!!str 3", "!x 3", "[null]");

  private static final List<String> NO_NUMBERS =
      List.of(
          "'3'",
          "\"3\"",
          "3.5",
          "1e3",
          "abc",
          "''",
          "true",
          "[]",
          "[3]",
          ".nan",
          ".inf",
          "-.inf",
          "99999999999999999999",
          "9223372036854775808",
          "-9223372036854775809",
          "12:30:45",
          "2026-01-01",
          "0x",
          "'0x10'",
          "- 3");

  private static final List<String> NO_TEXTS =
      List.of(
          "3",
          "3.5",
          "true",
          "[]",
          "[a]",
          "'there is no such thing'",
          "\"a\\nb\"",
          "\"a\\e[31m\"",
          "\"a\\0b\"",
          "'" + "x".repeat(5_000) + "'");

  private static final List<String> NO_LISTS =
      List.of(
          "3",
          "true",
          "[3]",
          "[true]",
          "['']",
          "'there is no such thing'",
          "['there is no such thing']",
          "[a, [b]]",
          "[\"a\\0b\"]");

  private static final List<String> NO_BOOLEANS =
      List.of("'true'", "1", "0", "[]", "[true]", "''", "1.0", "truth", "y", "TRUTH");

  @TempDir Path folder;

  record Case(String key, String value) {
    @Override
    public String toString() {
      return key + ": " + (value.length() > 40 ? value.substring(0, 40) + "..." : value);
    }
  }

  static Stream<Case> cases() {
    Stream<Case> keys =
        Arrays.stream(SearchSettings.class.getRecordComponents())
            .filter(component -> !component.getName().equals("strategySettings"))
            .flatMap(
                component ->
                    bad(component).stream().map(value -> new Case(component.getName(), value)));
    return Stream.concat(keys, blocks());
  }

  /** Of a strategy, and the one key that has no block and is still read. */
  private static Stream<Case> blocks() {
    RecordComponent population = SteadyStateEvolution.Settings.class.getRecordComponents()[0];
    Stream<Case> entries =
        bad(population).stream()
            .flatMap(
                value ->
                    Stream.of(
                        new Case("population", value),
                        new Case("evolution", "{population: " + value + "}")));
    return Stream.concat(
        entries,
        Stream.of("3", "text", "[population]", "{size: 4}", "{population: 4, size: 4}")
            .map(value -> new Case("evolution", value)));
  }

  private static List<String> bad(RecordComponent component) {
    List<String> bad = new ArrayList<>(NOWHERE);
    Class<?> type = component.getType();
    String key = component.getName();
    if (type == boolean.class) {
      bad.addAll(NO_BOOLEANS);
    } else if (type == int.class || type == long.class || key.equals("inFlight")) {
      bad.addAll(NO_NUMBERS);
      if (!key.equals("seed")) {
        bad.addAll(List.of("-1", "-2147483648", "2147483647", "2147483648", "9223372036854775807"));
      }
      if (!Set.of("seed", "window").contains(key)) {
        bad.addAll(List.of("0", "-0"));
      }
    } else if (type == List.class || key.equals("steps")) {
      bad.addAll(NO_LISTS);
      bad.addAll(key.equals("constraint") ? List.of() : List.of("[]", twice(key)));
    } else {
      assertTrue(type == String.class || type == TellOrder.class, "say here what is bad: " + type);
      bad.addAll(NO_TEXTS);
      bad.addAll(Set.of("data", "tflm").contains(key) ? List.of() : List.of("''", "' '"));
    }
    return bad;
  }

  private static String twice(String key) {
    return switch (key) {
      case "board" -> "[mps2-an386, mps2-an386]";
      case "steps" -> "[train, train, quantize, evaluate, measure, sense]";
      default -> "[accuracy, flash, accuracy]";
    };
  }

  @TestFactory
  Stream<DynamicTest> everyKeyRefusesEveryBadValueInOneLine() {
    return cases().map(one -> DynamicTest.dynamicTest(one.toString(), () -> refused(one)));
  }

  private void refused(Case one) throws Exception {
    Path file = Files.writeString(folder.resolve("e.yaml"), one.key + ": " + one.value + "\n");
    String said = refusal(() -> open(file));
    // what is no plain value at all is named by its line
    assertTrue(said.contains(one.key) || said.contains("(line 1)"), said);
  }

  private void open(Path file) throws Exception {
    Map<String, Object> stated = READER.read(file);
    Home home = new Home(SharedData.repository(), folder.resolve("cache"));
    RunFolder run = new RunFolder(folder.resolve("run"));
    Experiment.Opening opening =
        new Experiment.Opening(run, stated, false, List.of(), CompileWatcher.NOBODY);
    Experiment.open(home, opening, opening.plan(home)).close();
  }

  // ---- whole files

  /** Files that no reader of settings takes. */
  static Stream<String> noSettings() {
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
    return Stream.of(
        "",
        "\n",
        "# nothing\n--- \n...\n",
        "a plain text",
        "- a\n- list\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: 1\n---\na: 2\n",
        bomb,
        "a:\n\t- b\n",
        "a: \u0000\n",
        "a: [1, 2\n",
        "a: b: c\n",
        "%YAML 9.9\n---\na: 1\n",
        "? {a: 1}\n: 2\n",
        "a: " + "[".repeat(200) + "]".repeat(200) + "\n",
        "a: " + "x".repeat(2 << 20) + "\n",
        "<<: {trials: 3}\n",
        "root:x:0:0:SECRET:/root:/bin/bash\ndaemon:x:1:1:SECRET:/usr/sbin:/usr/sbin/nologin\n",
        "x".repeat(100) + "SECRET: SECRET\n",
        "trials: [SECRET\n",
        "password: '" + "x".repeat(100) + "SECRET'\n");
  }

  private record Reader(String name, Path file, org.junit.jupiter.api.function.Executable read) {}

  private List<Reader> readers() throws Exception {
    Path experiment = folder.resolve("experiment.yaml");
    Path tflm = folder.resolve("tflm.yaml");
    Path board = Files.createDirectories(folder.resolve("boards/b")).resolve("board.yaml");
    Path lab = folder.resolve("lab.yaml");
    return List.of(
        new Reader("experiment", experiment, () -> READER.read(experiment)),
        new Reader("tflm", tflm, () -> TflmSetting.textOf(tflm.toString(), folder)),
        new Reader("board", board, () -> BoardProfiles.load(folder.resolve("boards"))),
        new Reader("lab", lab, () -> new LabFile(lab).read()));
  }

  @ParameterizedTest
  @MethodSource("noSettings")
  void whatIsNoFileOfSettingsIsRefusedByEveryReaderWithoutEchoingIt(String content)
      throws Exception {
    for (Reader reader : readers()) {
      Files.writeString(reader.file, content);
      boolean emptyDesk = reader.name.equals("lab") && content.length() < 20 && content.isBlank();
      if (!emptyDesk && !(reader.name.equals("lab") && content.startsWith("# nothing"))) {
        refusal(reader.read);
      }
    }
  }

  @Test
  void whatIsNoTextIsRefusedByEveryReader() throws Exception {
    for (Reader reader : readers()) {
      Files.write(reader.file, new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe});
      refusal(reader.read);
      Files.write(reader.file, "a: 1".getBytes(StandardCharsets.UTF_16));
      refusal(reader.read);
      Files.delete(reader.file);
      Files.createSymbolicLink(reader.file, Path.of("/dev/zero"));
      refusal(reader.read);
    }
    refusal(() -> READER.read(folder));
    refusal(() -> TflmSetting.textOf(folder.toString(), folder));
    refusal(() -> READER.read(Path.of("/etc/passwd")));
    refusal(() -> TflmSetting.textOf("/etc/passwd", folder));
    refusal(() -> TflmSetting.textOf("a\0b", folder));
  }

  @Test
  void aByteOrderMarkIsNoFault() throws Exception {
    Path file = Files.writeString(folder.resolve("bom.yaml"), "\ufefftrials: 3\n");
    assertEquals(3, READER.of("test", READER.read(file)).trials());
  }

  private static String refusal(org.junit.jupiter.api.function.Executable read) {
    BenchException told = assertThrows(BenchException.class, read);
    String said = String.valueOf(told.getMessage());
    assertEquals(BenchException.Kind.USAGE, told.kind(), said);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.length() < 700, said);
    assertTrue(said.chars().noneMatch(Character::isISOControl), said);
    assertTrue(!said.contains("SECRET"), said);
    return said;
  }

  // ---- the command line

  /** Every option and parameter of every command that takes a number. */
  static Stream<List<String>> numbers() {
    return Main.program().getSubcommands().entrySet().stream()
        .flatMap(
            command ->
                command.getValue().getCommandSpec().options().stream()
                    .filter(option -> isNumber(option.type()))
                    .map(OptionSpec::longestName)
                    .map(option -> List.of(command.getKey(), option)));
  }

  private static boolean isNumber(Class<?> type) {
    return Number.class.isAssignableFrom(type) || type == int.class || type == long.class;
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void noNumberOnTheCommandLineIsTakenForAnother(List<String> option) {
    for (String bad :
        List.of(
            "3.5", "abc", "", " ", "1e3", "99999999999999999999", "NaN", "0x10", "1,000", "--")) {
      CommandLine line = Main.program();
      assertThrows(
          CommandLine.ParameterException.class,
          () -> line.parseArgs(option.get(0), option.get(1) + "=" + bad, "x"),
          option + " " + bad);
    }
  }
}
