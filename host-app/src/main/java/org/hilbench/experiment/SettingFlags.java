package org.hilbench.experiment;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings as flags of the command line, {@code finalSamples} as {@code --final-samples}. */
final class SettingFlags {
  /** The keys whose value is a list. */
  static final Set<String> SEVERAL = Set.of("board", "objective", "constraint", "steps");

  /** The keys that are false unless their flag is given, which takes no value. */
  private static final Set<String> YES_OR_NO = Set.of("upload", SearchSettings.NO_FINAL);

  private static final Set<String> NUMBERS =
      Set.of("trials", "seed", "population", "window", "inFlight", "samples", "finalSamples");

  /** Sets one entry of a strategy's block. */
  private static final String SET = "--set ";

  private SettingFlags() {}

  static String flag(String key) {
    if (key.contains(".")) {
      return SET + key;
    }
    return "--" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Of a {@link #flag}. */
  static String key(String flag) {
    if (flag.startsWith(SET)) {
      return flag.substring(SET.length());
    }
    return Pattern.compile("-([a-z])")
        .matcher(flag.substring(2))
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  /** The text form of a value. */
  static String text(Object value) {
    return value instanceof List<?> several
        ? several.stream().map(Object::toString).collect(Collectors.joining(", "))
        : value.toString();
  }

  /** A key's value of its text form, where it has one; else the text, which is then refused. */
  static Object value(String key, String text) {
    if (SEVERAL.contains(key)) {
      return several(text);
    }
    if (YES_OR_NO.contains(key) && text.matches("true|false")) {
      return Boolean.valueOf(text);
    }
    return NUMBERS.contains(key) && text.matches("-?\\d{1,30}") ? new BigInteger(text) : text;
  }

  private static List<String> several(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(", "));
  }

  /** What a shell is to pass for a flag with this value. */
  static Stream<String> words(String flag, String text) {
    String key = key(flag);
    if (YES_OR_NO.contains(key)) {
      return Stream.of(flag);
    }
    if (flag.startsWith(SET)) {
      return Stream.of(SET.strip(), key + "=" + text);
    }
    return SEVERAL.contains(key)
        ? several(text).stream().flatMap(one -> Stream.of(flag, one))
        : Stream.of(flag, text);
  }
}
