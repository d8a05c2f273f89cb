package org.hilbench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the classes that a command loaded in an archive that later starts map into memory (class
 * data sharing, JEP 310): to load and verify them is two thirds of a short command. The launcher
 * says how its name begins where there is none yet, and has the JVM list its classes. Another JVM
 * writes it, so that whatever fails there, a full disk too, changes nothing here.
 */
final class StartClasses {
  private static final Logger LOG = LoggerFactory.getLogger(StartClasses.class);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final String archives;
  private final Path listed;
  private final Path whole;
  private final Path written;

  private StartClasses(String archives) {
    String own = archives + "." + ProcessHandle.current().pid();
    this.archives = archives;
    this.listed = Path.of(own + ".list"); // the launcher's name for it
    this.whole = Path.of(own + ".lines");
    this.written = Path.of(own + ".part");
  }

  /** Writes the archive if the launcher asked for one. */
  static void keep() {
    String wanted = System.getProperty("hilbench.classes");
    if (wanted != null) {
      new StartClasses(wanted).write();
    }
  }

  private void write() {
    try {
      // The JVM writes the list until it ends: what of a line is there yet is none.
      String lines = Files.readString(listed, StandardCharsets.UTF_8);
      Files.writeString(whole, lines.substring(0, lines.lastIndexOf('\n') + 1));
      CommandResult result = new ExecRunner().run(dump());
      if (result.ok() && Files.exists(written)) {
        // by its size the launcher knows that it is whole
        Path kept = Path.of(archives + "-" + Files.size(written) + ".jsa");
        Files.move(written, kept, StandardCopyOption.ATOMIC_MOVE);
      }
      LOG.debug("classes for later starts: {} {}", result.ending().words(), result.tail());
    } catch (BenchException | IOException e) {
      LOG.debug("no classes for later starts", e);
    } finally {
      List.of(listed, whole, written).forEach(StartClasses::delete);
    }
  }

  private Command dump() {
    return Command.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:disable",
            "-XX:+UseSerialGC",
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + whole,
            "-XX:SharedArchiveFile=" + written,
            "-cp",
            System.getProperty("java.class.path"))
        .withTimeout(LIMIT);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} stays", file, e);
    }
  }
}
