package org.hilbench.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.hilbench.testkit.SharedData;

/** The bytes that the firmware's tests read too. */
public final class GoldenVectors {
  private GoldenVectors() {}

  /** Words of each line of this kind, the kind itself left out. */
  public static Stream<List<String>> of(String kind) {
    return lines().filter(words -> words.get(0).equals(kind)).map(GoldenVectors::withoutKind);
  }

  /** All lines that are no comment, as words. */
  public static Stream<List<String>> lines() {
    Path file = SharedData.repository().resolve("firmware-templates/protocol/vectors/protocol.txt");
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.split(" ")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] hex(String word) {
    return word.equals("-") ? new byte[0] : HexFormat.of().parseHex(word);
  }

  private static List<String> withoutKind(List<String> words) {
    return words.subList(1, words.size());
  }
}
