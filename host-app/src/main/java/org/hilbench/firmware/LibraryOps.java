package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The operators that an image can take from a user's runtime: those of
 * firmware-templates/engine/current/operators.def. Types and versions are the library's own matter:
 * what it refuses, the device tells; what it computes, is compared with the reference.
 */
record LibraryOps(Set<String> names) {
  static final String FILE = "engine/current/operators.def";
  private static final Pattern LINE = Pattern.compile("^OPERATOR\\(([A-Z0-9_]+),.*");

  LibraryOps {
    names = Set.copyOf(names);
  }

  static LibraryOps read(Path templates) throws IOException {
    return new LibraryOps(
        Files.readAllLines(templates.resolve(FILE)).stream()
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .map(line -> line.group(1))
            .collect(Collectors.toSet()));
  }

  /** Why an image cannot have the operator; empty if it can. */
  Optional<String> problem(String operator) {
    return names.contains(operator)
        ? Optional.empty()
        : Optional.of("is not in firmware-templates/" + FILE + "; if the library has it, add it");
  }
}
