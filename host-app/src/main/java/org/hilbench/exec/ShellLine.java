package org.hilbench.exec;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words as one line that a user pastes into a shell: read there, it gives the same words again. It
 * stays one line, whatever the words hold. To show only; nothing here starts a shell.
 */
public final class ShellLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private ShellLine() {}

  public static String of(List<String> words) {
    return words.stream().map(ShellLine::of).collect(Collectors.joining(" "));
  }

  /** One word, in quotes where it needs them. */
  public static String of(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    return CONTROL.matcher(word).find()
        ? "$'" + word.codePoints().mapToObj(ShellLine::escaped).collect(Collectors.joining()) + "'"
        : "'" + word.replace("'", "'\\''") + "'";
  }

  /** As bash, zsh and ksh read it between {@code $'} and {@code '}. */
  private static String escaped(int point) {
    return switch (point) {
      case '\\' -> "\\\\";
      case '\'' -> "\\'";
      default ->
          Character.getType(point) == Character.CONTROL
              ? String.format(Locale.ROOT, "\\u%04x", point)
              : Character.toString(point);
    };
  }
}
