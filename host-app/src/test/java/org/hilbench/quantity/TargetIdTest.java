package org.hilbench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TargetIdTest {
  private static final TargetId BOARD = TargetId.of("due");
  private static final TargetId SLOW = new TargetId("due", Optional.of("24mhz"));

  @Test
  void isTheBoardsNameWhereThePointIsTheDefault() {
    assertEquals("due", BOARD.toString());
    assertEquals("due@24mhz", SLOW.toString());
    for (TargetId target : List.of(BOARD, SLOW)) {
      assertEquals(target, TargetId.parse(target.toString()));
    }
    for (String text : List.of("", "@24mhz", "due@", "due@24mhz@")) {
      assertThrows(IllegalArgumentException.class, () -> TargetId.parse(text), text);
    }
  }

  @Test
  void isItsTextInJsonAndAsAKeyThere() throws Exception {
    JsonMapper json = JsonMapper.builder().build();
    Map<TargetId, Integer> numbers = new TreeMap<>(Map.of(SLOW, 2, BOARD, 1));
    String text = "{\"due\":1,\"due@24mhz\":2}";
    assertEquals(text, json.writeValueAsString(numbers));
    assertEquals(numbers, json.readValue(text, new TypeReference<TreeMap<TargetId, Integer>>() {}));
    assertEquals("[\"due@24mhz\"]", json.writeValueAsString(List.of(SLOW)));
    assertEquals(SLOW, json.readValue("\"due@24mhz\"", TargetId.class));
  }
}
