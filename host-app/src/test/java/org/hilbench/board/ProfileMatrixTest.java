package org.hilbench.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every key that a shipped board profile has, with every kind of bad value. */
class ProfileMatrixTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyKeyRefusesEveryBadValueInOneLine() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, Path> places = new LinkedHashMap<>();
    try (Stream<Path> boards = Files.list(SharedData.repository().resolve("board-profiles"))) {
      for (Path board : boards.filter(Files::isDirectory).sorted().toList()) {
        for (String pointer : pointers("", tree(board))) {
          // one entry of a list stands for all
          if (places.putIfAbsent(pointer.replaceAll("/[0-9]+", "/0"), board) == null) {
            bad(tree(board).at(pointer))
                .forEach(
                    value ->
                        tests.add(
                            DynamicTest.dynamicTest(
                                pointer + " = " + value, () -> refused(board, pointer, value))));
          }
        }
      }
    }
    return tests.stream();
  }

  private static JsonNode tree(Path board) throws Exception {
    Path file = board.resolve("board.yaml");
    return StrictYaml.tree(StrictYaml.text(file), "board.yaml");
  }

  private static List<String> pointers(String path, JsonNode node) {
    List<String> all = new ArrayList<>();
    if (!path.isEmpty()) {
      all.add(path);
    }
    node.properties()
        .forEach(one -> all.addAll(pointers(path + "/" + one.getKey(), one.getValue())));
    for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
      all.addAll(pointers(path + "/" + i, node.get(i)));
    }
    return all;
  }

  private static List<String> bad(JsonNode good) {
    List<String> bad = new ArrayList<>(List.of("null", "[[1]]", "{\"a\": [1]}"));
    if (good.isNumber()) {
      bad.addAll(List.of("\"" + good.asText() + "\"", "true", "-1", "99999999999999999999", "[]"));
      bad.addAll(good.isIntegralNumber() ? List.of("3.5", "9223372036854775807") : List.of("1e99"));
    } else if (good.isBoolean()) {
      bad.addAll(List.of("\"true\"", "1", "[]"));
    } else if (good.isTextual()) {
      bad.addAll(List.of("3.5", "true", "[]", "{}", "\"\"", "\" \"", "\"a\\nb\"", "\"\\u0000\""));
    } else {
      bad.addAll(List.of("3", "true", "\"text\""));
    }
    return bad;
  }

  private void refused(Path board, String pointer, String value) throws Exception {
    JsonNode tree = tree(board);
    int name = pointer.lastIndexOf('/');
    JsonNode parent = tree.at(pointer.substring(0, name));
    JsonNode bad = JSON.readTree(value);
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(pointer.substring(name + 1)), bad);
    } else {
      ((ObjectNode) parent).set(pointer.substring(name + 1), bad);
    }
    Path mine = Files.createDirectories(folder.resolve(board.getFileName().toString()));
    Files.writeString(mine.resolve("board.yaml"), JSON.writeValueAsString(tree));
    BenchException told = assertThrows(BenchException.class, () -> BoardYaml.read(mine));
    String said = String.valueOf(told.getMessage());
    assertEquals(BenchException.Kind.USAGE, told.kind(), said);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.chars().noneMatch(Character::isISOControl), said);
    String key = pointer.replaceAll("(/[0-9]+)+$", "").replaceFirst(".*/", "");
    assertTrue(said.contains(key), said);
  }
}
