package org.hilbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @Test
  void ofAllCodePointsOnlyThoseThatAreSeenStayAsTheyAre() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String shown = Printable.line(Character.toString(point));
      assertFalse(shown.chars().anyMatch(PrintableTest::acts), () -> "shown raw: " + shown);
      boolean same = shown.codePointAt(0) == point;
      assertTrue(same || shown.startsWith("\\x") || shown.startsWith("\\u{"), shown);
    }
    assertEquals(
        "gr\u00fc\u00df \u4f60\u597d e\u0301 \ud83d\ude00 \\ <&",
        Printable.line("gr\u00fc\u00df \u4f60\u597d e\u0301 \ud83d\ude00 \\ <&"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\033[2Jx",
        "a\nhilbench: done",
        "a\r\b\b",
        "\u009b2J",
        "\u202egnp.exe",
        "\ud800",
        "\u2028x",
        "\u200b",
        "\u007f"
      })
  void whatActsIsWrittenOut(String foreign) {
    for (String shown :
        List.of(Printable.line(foreign), Printable.message("hilbench: " + foreign))) {
      assertFalse(shown.chars().anyMatch(PrintableTest::acts), shown);
      assertTrue(shown.contains("\\x") || shown.contains("\\u{"), shown);
    }
  }

  @Test
  void aBlockGoesOnInIndentedLinesAlone() {
    String block = Printable.block("it failed:", Stream.of("one\nhilbench: fine", "two\033[0m"));
    assertEquals("it failed:\n    | one\\x0ahilbench: fine\n    | two\\x1b[0m", block);
    assertEquals(block, Printable.message(block));
    assertEquals("a\\x0ab\n    c", Printable.message("a\nb\n    c"));
  }

  @Test
  void longTextIsCutAndSaysSo() {
    assertEquals("aaa... (97 more)", Printable.cut("a".repeat(100), 3));
    assertTrue(Printable.words("x\n".repeat(100_000)).length() < 2_100);
  }

  @Test
  void jsonStaysTheSameDocument() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        text.appendCodePoint(random.nextInt(round % 2 == 0 ? 0x300 : 0xd800));
      }
      List<String> document = List.of(text.append("\u202e\ud83d\ude00\u007f").toString());
      String shown =
          Printable.json(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
      assertEquals(document, mapper.readValue(shown, List.class));
      assertFalse(shown.chars().anyMatch(PrintableTest::acts), shown);
    }
  }

  /** By its own list, not by Java's categories. */
  private static boolean acts(int unit) {
    return unit < 0x20
        || (unit >= 0x7f && unit < 0xa0)
        || (unit >= 0x200b && unit <= 0x200f)
        || (unit >= 0x2028 && unit <= 0x202e)
        || (unit >= 0x2060 && unit <= 0x206f)
        || unit == 0x61c
        || unit == 0xfeff;
  }
}
