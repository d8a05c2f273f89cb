package org.hilbench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hilbench.tflite.Width;

/** A random change of one token in one line of a kernel that is compiled for the Cortex-M4. */
final class RandomMutant {
  private static final Map<String, List<String>> INSTEAD =
      Map.ofEntries(
          Map.entry(" + ", List.of(" - ", " + 1 + ")),
          Map.entry(" - ", List.of(" + ")),
          Map.entry(" * ", List.of(" + ", " * 2 * ")),
          Map.entry(" < ", List.of(" <= ", " > ")),
          Map.entry(" <= ", List.of(" < ")),
          Map.entry(" > ", List.of(" >= ", " < ")),
          Map.entry(" >= ", List.of(" > ")),
          Map.entry(" == ", List.of(" != ")),
          Map.entry(" && ", List.of(" || ")),
          Map.entry(" >> ", List.of(" << ", " >> 1 >> ")),
          Map.entry(" << ", List.of(" << 1 << ")),
          Map.entry(" & ", List.of(" | ")),
          Map.entry("[0]", List.of("[1]")),
          Map.entry("[1]", List.of("[0]")),
          Map.entry("[2]", List.of("[3]")),
          Map.entry("[3]", List.of("[2]")),
          Map.entry("low", List.of("high")),
          Map.entry("even", List.of("odd")),
          Map.entry("pad_top", List.of("pad_left")),
          Map.entry("height", List.of("width")),
          Map.entry("stride_w", List.of("dilation_w")),
          Map.entry("zero_point", List.of("min")));

  private static final Pattern TOKEN =
      Pattern.compile(
          String.join("|", INSTEAD.keySet().stream().sorted().map(Pattern::quote).toList()));

  private RandomMutant() {}

  /** One that stands on a line which is unique in its file. */
  static KernelMutant of(Path kernels, SplittableRandom random) throws IOException {
    List<String> files = files(kernels);
    while (true) {
      String file = files.get(random.nextInt(files.size()));
      List<String> lines = Files.readAllLines(kernels.resolve(file));
      String line = lines.get(random.nextInt(lines.size()));
      List<Integer> places = new ArrayList<>();
      Matcher found = TOKEN.matcher(line);
      while (found.find()) {
        places.add(found.start());
      }
      boolean code = !line.strip().startsWith("//") && !line.strip().startsWith("#");
      if (!places.isEmpty() && code && lines.stream().filter(line::equals).count() == 1) {
        return changed(file, line, places.get(random.nextInt(places.size())), random);
      }
    }
  }

  private static KernelMutant changed(String file, String line, int at, SplittableRandom random) {
    Matcher found = TOKEN.matcher(line);
    found.region(at, line.length()).lookingAt();
    List<String> others = INSTEAD.get(found.group());
    String other = others.get(random.nextInt(others.size()));
    String changed = line.substring(0, at) + other + line.substring(found.end());
    return new KernelMutant(Set.of(Width.values()), file, changed.strip(), line, changed, 0);
  }

  private static List<String> files(Path kernels) throws IOException {
    List<String> all = new ArrayList<>();
    for (String folder : List.of("src", "adapter")) {
      try (Stream<Path> files = Files.list(kernels.resolve(folder))) {
        files.map(file -> folder + "/" + file.getFileName()).forEach(all::add);
      }
    }
    all.remove("adapter/find.cc"); // of the runtime of today alone
    return all.stream().sorted().toList();
  }
}
