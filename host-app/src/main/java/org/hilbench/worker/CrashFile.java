package org.hilbench.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a JVM writes what it died of, in a folder of its own: nothing of a crash is left in the
 * user's. Gone when closed; what it said is known from then on. Thread-safe.
 */
final class CrashFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CrashFile.class);
  private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z]+ \\(0x([0-9a-f]+)\\)");
  private static final int HEAD = 4096;

  private final Path folder;
  private final Path file;
  private String said = "";

  private CrashFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("crash");
  }

  static CrashFile create() throws IOException {
    return new CrashFile(Files.createTempDirectory("hilbench-worker"));
  }

  /** The JVM's option that names it. */
  String option() {
    return "-XX:ErrorFile=" + file;
  }

  /** The signal that it told of; empty where it did not. */
  synchronized OptionalInt signal() {
    Matcher matcher = SIGNAL.matcher(said);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1), 16))
        : OptionalInt.empty();
  }

  @Override
  public synchronized void close() {
    try {
      if (Files.exists(file)) {
        said = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        said = said.substring(0, Math.min(said.length(), HEAD));
        Files.delete(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.debug("the crash file {} stays", file, e);
    }
  }
}
