package org.hilbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Test;

/** What the documents show of the code, and how long their lines are. */
class DocsTest {
  private static final int LONGEST = 120;
  private static final String BASE = "org.hilbench.";

  @Test
  void theRoomsStandAsTheWalkthroughDrawsThem() throws IOException {
    Map<String, Integer> drawn = drawn();
    Set<String> wrong = new TreeSet<>();
    Set<String> rooms = new TreeSet<>();
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.hilbench")) {
      String room = room(one);
      rooms.add(room);
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        String used = room(dependency.getTargetClass());
        if (!used.isEmpty() && !used.equals(room) && above(drawn, used, room)) {
          wrong.add(room + " uses " + used + ", as in " + dependency.getDescription());
        }
      }
    }
    rooms.remove("");
    assertEquals(rooms, new TreeSet<>(drawn.keySet()));
    assertEquals(Set.of(), wrong);
  }

  private static boolean above(Map<String, Integer> drawn, String used, String room) {
    return drawn.getOrDefault(used, -1) <= drawn.getOrDefault(room, -1);
  }

  /** Each room with its line, counted from the top. */
  private static Map<String, Integer> drawn() throws IOException {
    String text = Files.readString(SharedData.repository().resolve("docs/walkthrough.md"));
    String picture = text.split("```rooms\n", 2)[1].split("```", 2)[0];
    Map<String, Integer> lines = new HashMap<>();
    int at = 0;
    for (String line : picture.lines().toList()) {
      for (String room : line.split(" ", -1)) {
        lines.put(room, at);
      }
      at++;
    }
    return lines;
  }

  /** Empty for the root package, which all use, and for classes of others. */
  private static String room(JavaClass one) {
    String name = one.getPackageName();
    return name.startsWith(BASE) ? name.substring(BASE.length()).split("[.]", 2)[0] : "";
  }

  @Test
  void noLineOfProseIsTooLong() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : documents()) {
      boolean code = false;
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        code ^= line.strip().startsWith("```");
        boolean prose = !code && !line.startsWith("|") && !line.startsWith("    ");
        if (prose && line.length() > LONGEST) {
          tooLong.add(SharedData.repository().relativize(file) + ":" + number);
        }
      }
    }
    assertEquals(List.of(), tooLong);
  }

  @Test
  void everyLinkToAFileLeadsToOne() throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    List<String> broken = new ArrayList<>();
    for (Path file : documents()) {
      Matcher found = link.matcher(Files.readString(file));
      while (found.find()) {
        if (!Files.exists(file.resolveSibling(found.group(1)))) {
          broken.add(SharedData.repository().relativize(file) + ": " + found.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void noTwoDecisionsHaveOneNumber() throws IOException {
    Path folder = SharedData.repository().resolve("docs/decisions");
    try (Stream<Path> files = Files.list(folder)) {
      List<String> numbers =
          files.map(file -> file.getFileName().toString().substring(0, 3)).sorted().toList();
      assertEquals(numbers.stream().distinct().toList(), numbers);
    }
  }

  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>(List.of(SharedData.repository().resolve("README.md")));
    for (String folder : List.of("docs", "firmware-templates", "board-profiles")) {
      try (Stream<Path> all = Files.walk(SharedData.repository().resolve(folder))) {
        found.addAll(all.filter(file -> file.toString().endsWith(".md")).toList());
      }
    }
    return found;
  }
}
