package org.hilbench.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which processes have a device file open, as far as this user may see (proc(5)). */
public final class Holders {
  private Holders() {}

  /** Such as {@code picocom (pid 4711)}; empty where it cannot be seen. */
  public static List<String> of(Path device) {
    List<String> holders = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      processes
          .filter(process -> String.valueOf(process.getFileName()).matches("\\d+"))
          .filter(process -> holds(process, device))
          .forEach(process -> holders.add(name(process)));
    } catch (IOException e) {
      return List.of();
    }
    return holders;
  }

  private static boolean holds(Path process, Path device) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.anyMatch(file -> pointsTo(file, device));
    } catch (IOException e) {
      return false; // another user's, or gone
    }
  }

  private static boolean pointsTo(Path link, Path device) {
    try {
      return Files.readSymbolicLink(link).equals(device);
    } catch (IOException e) {
      return false;
    }
  }

  private static String name(Path process) {
    String pid = String.valueOf(process.getFileName());
    try {
      return Files.readString(process.resolve("comm")).strip() + " (pid " + pid + ")";
    } catch (IOException e) {
      return "pid " + pid;
    }
  }
}
