package org.hilbench.device;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The end of what Renode logs, which is the only place where it says that a core gave up. */
final class RenodeLog {
  private static final int TAIL = 256 * 1024;
  private static final int MOST_ERRORS = 3;
  private static final String ABORT = "CPU abort";
  private static final String ERROR = "[ERROR]";

  private final Path file;

  RenodeLog(Path file) {
    this.file = file;
  }

  /** The line that says that the core stopped for good, if it did. */
  Optional<String> abort() {
    return tail().stream().filter(line -> line.contains(ABORT)).reduce((first, last) -> last);
  }

  /** The last errors, on one line; empty text where there is none. */
  String errors() {
    List<String> errors = tail().stream().filter(line -> line.contains(ERROR)).toList();
    int from = Math.max(0, errors.size() - MOST_ERRORS);
    return String.join(" | ", errors.subList(from, errors.size()));
  }

  private List<String> tail() {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
      opened.seek(Math.max(0, opened.length() - TAIL));
      byte[] bytes = new byte[TAIL];
      int count = Math.max(0, opened.read(bytes));
      return new String(bytes, 0, count, StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      return List.of(); // not begun yet
    }
  }
}
