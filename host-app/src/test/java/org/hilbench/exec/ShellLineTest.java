package org.hilbench.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShellLineTest {
  @Test
  void wordsWithoutMeaningToAShellStayBare() {
    assertEquals(
        "./hilbench search --trials 3 --out /tmp/x-1.y",
        ShellLine.of(List.of("./hilbench", "search", "--trials", "3", "--out", "/tmp/x-1.y")));
    assertEquals("'latency < 50 ms' ''", ShellLine.of(List.of("latency < 50 ms", "")));
  }

  @Test
  void aShellReadsTheSameWordsAgainOnOneLine() throws Exception {
    Random random = new Random(11);
    String letters = "ab '\"$`\\\n\t\r\u001b!*?~#&|;<>(){}[]=\u00e4\u65e5-";
    for (int round = 0; round < 60; round++) {
      List<String> words =
          IntStream.range(0, 1 + random.nextInt(5)).mapToObj(one -> word(random, letters)).toList();
      String line = ShellLine.of(words);
      assertEquals(1, line.lines().count(), line);
      CommandResult read = new ExecRunner().run(Command.of("bash", "-c", "printf '%s\\1' " + line));
      assertEquals(
          words.stream().map(word -> word + "\u0001").collect(Collectors.joining()),
          read.stdout(),
          line);
    }
  }

  private static String word(Random random, String letters) {
    return random
        .ints(random.nextInt(9), 0, letters.length())
        .mapToObj(at -> letters.substring(at, at + 1))
        .collect(Collectors.joining());
  }
}
