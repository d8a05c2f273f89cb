package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The kernels that a set brings of its own, read from its {@code registrations.txt}: a line each,
 *
 * <pre>{@code
 * # operator   function                        versions
 * CONV_2D      hilbench::kernels::Register_CONV_2D   1-3
 * }</pre>
 *
 * where the function is a {@code TfLiteRegistration*()} of one of the set's archives. The set
 * answers for these operators itself; all others are the runtime's.
 *
 * @param name of the set
 * @param own the lines
 * @param compiled whether the archive is compiled from firmware-templates/kernels
 * @param archives that are linked as they are
 */
record KernelRegistrations(
    String name, List<Registration> own, boolean compiled, List<Path> archives) {
  private static final String FILE = "registrations.txt";

  /** One line. */
  record Registration(String operator, String function, int leastVersion, int mostVersion) {}

  KernelRegistrations {
    own = List.copyOf(own);
    archives = List.copyOf(archives);
  }

  static KernelRegistrations of(KernelSet kernels, Path templates) throws BenchException {
    if (kernels instanceof KernelSet.Hilbench) {
      return new KernelRegistrations(
          kernels.name(), read(kernels, templates.resolve("kernels")), true, List.of());
    }
    if (kernels instanceof KernelSet.External external) {
      return new KernelRegistrations(
          kernels.name(), read(kernels, external.folder()), false, archives(external.folder()));
    }
    return new KernelRegistrations(kernels.name(), List.of(), false, List.of());
  }

  Optional<Registration> find(String operator) {
    return own.stream().filter(line -> line.operator().equals(operator)).findFirst();
  }

  private static List<Registration> read(KernelSet kernels, Path folder) throws BenchException {
    Path file = folder.resolve(FILE);
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw refused(
          "kernels '"
              + kernels.name()
              + "' are not here: "
              + file
              + " is missing; known without it:"
              + " reference",
          e);
    }
    List<Registration> own = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        own.add(parse(line, file + ":" + (i + 1)));
      }
    }
    return own;
  }

  private static Registration parse(String line, String where) throws BenchException {
    String[] words = line.split("\\s+");
    if (words.length != 3
        || !words[0].matches("[A-Z0-9_]+")
        || !words[1].matches("([A-Za-z_]\\w*::)*[A-Za-z_]\\w*")
        || !words[2].matches("\\d{1,3}-\\d{1,3}")) {
      throw refused(
          where
              + ": '"
              + line
              + "' is not 'OPERATOR function least-most', such as"
              + " 'CONV_2D mine::Register_CONV_2D 1-3'",
          null);
    }
    String[] versions = words[2].split("-");
    return new Registration(
        words[0], words[1], Integer.parseInt(versions[0]), Integer.parseInt(versions[1]));
  }

  private static List<Path> archives(Path folder) throws BenchException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> archives = files.filter(file -> file.toString().endsWith(".a")).sorted().toList();
      if (archives.isEmpty()) {
        throw refused("kernels in " + folder + " have no archive (*.a) to link", null);
      }
      return archives;
    } catch (IOException e) {
      throw refused("kernels in " + folder + " cannot be read: " + e, e);
    }
  }

  private static BenchException refused(String message, @Nullable Throwable cause) {
    return new BenchException(Stage.BUILD, BenchException.Kind.USAGE, message, cause);
  }
}
