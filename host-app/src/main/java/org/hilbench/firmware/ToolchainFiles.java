package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a compiler brings into every image beside its own name and version: the programs that it
 * starts, the headers and libraries that it finds. Two of one version may differ in all of these
 * (another newlib, a patched libgcc), so that a cache must tell them apart.
 */
final class ToolchainFiles {
  private static final String HEADERS_BEGIN = "#include <...> search starts here:";
  private static final String HEADERS_END = "End of search list.";
  private static final List<String> SEARCHED = List.of("COMPILER_PATH=", "LIBRARY_PATH=");

  private ToolchainFiles() {}

  /** Arguments that make the compiler say where it looks; those of the core come before them. */
  static List<String> question() {
    return List.of("--specs=nano.specs", "-v", "-x", "c++", "-E", "/dev/null", "-o", "/dev/null");
  }

  /** Every folder that the answer names, in its order. */
  static List<Path> folders(String answer) {
    List<Path> folders = new ArrayList<>();
    boolean headers = false;
    for (String line : answer.lines().toList()) {
      headers = line.equals(HEADERS_BEGIN) || (headers && !line.equals(HEADERS_END));
      if (headers && line.startsWith(" ")) {
        folders.add(Path.of(line.strip()));
      }
      SEARCHED.stream()
          .filter(line::startsWith)
          .flatMap(name -> Stream.of(line.substring(name.length()).split(":")))
          .forEach(folder -> folders.add(Path.of(folder)));
    }
    return folders.stream().map(Path::normalize).distinct().toList();
  }

  /** Adds the names, sizes and times of the compiler and of all files in these folders. */
  static ContentHash add(ContentHash hash, Path compiler, List<Path> folders) throws IOException {
    hash.add(facts(compiler.toRealPath()));
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        hash.add(listing(folder));
      }
    }
    return hash;
  }

  private static List<String> listing(Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.filter(Files::isRegularFile).sorted().toList()) {
        files.add(facts(file));
      }
    }
    return files;
  }

  private static String facts(Path file) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s %d %d",
        file,
        Files.size(file),
        Files.getLastModifiedTime(file).toMillis());
  }
}
