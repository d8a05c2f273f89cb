package org.hilbench;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text of others (names in models, of files, values in YAML, the words of devices and tools) made
 * fit to be shown: what moves a cursor, turns the direction of writing, or cannot be seen is
 * written as {@code \x1b} or <code>&#92;u{202e}</code>. Such text has no way to look like a line of
 * ours.
 */
public final class Printable {
  /** What a line of a block of ours begins with that is not its first. */
  public static final String GUTTER = "    ";

  private static final int LONGEST = 2_000;

  private Printable() {}

  /** All of it in one line. */
  public static String line(String foreign) {
    return escaped(foreign, Printable::visible);
  }

  /** Likewise, cut where it is long: for what may be of any length. */
  public static String cut(String foreign, int most) {
    String line = line(foreign.length() > most ? foreign.substring(0, most) : foreign);
    int left = foreign.length() - most;
    return left > 0 ? line + String.format(Locale.ROOT, "... (%,d more)", left) : line;
  }

  /** The words of a device or program: a line for each of its own would be, in one. */
  public static String words(String foreign) {
    return cut(foreign.strip().replaceAll("\\s*\\R\\s*", " | "), LONGEST);
  }

  /** A line of ours and, below it and indented, lines of others. */
  public static String block(String head, Stream<String> foreign) {
    return head
        + foreign
            .map(text -> "\n" + GUTTER + "| " + cut(text, LONGEST))
            .collect(Collectors.joining());
  }

  /**
   * A message that may be a {@link #block}: it goes on only in lines that are indented as such; any
   * other end of a line within it is no layout, and is shown as what it is.
   */
  public static String message(String text) {
    String[] parts = text.split("\n" + GUTTER, -1);
    return Stream.of(parts).map(Printable::line).collect(Collectors.joining("\n" + GUTTER));
  }

  /** A JSON document whose strings hold nothing that would not be shown as it is. */
  public static String json(String document) {
    return document
        .lines()
        .map(line -> escaped(line, Printable::asUtf16))
        .collect(Collectors.joining("\n"));
  }

  private static String escaped(String text, IntFunction<String> escape) {
    if (text.codePoints().allMatch(Printable::isShown)) {
      return text;
    }
    return text.codePoints()
        .mapToObj(point -> isShown(point) ? Character.toString(point) : escape.apply(point))
        .collect(Collectors.joining());
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String visible(int point) {
    return String.format(Locale.ROOT, point < 0x100 ? "\\x%02x" : "\\u{%x}", point);
  }

  private static String asUtf16(int point) {
    return Character.toString(point)
        .chars()
        .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
        .collect(Collectors.joining());
  }
}
