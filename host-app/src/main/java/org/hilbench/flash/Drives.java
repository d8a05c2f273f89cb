package org.hilbench.flash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The drag-and-drop drives that are mounted now, as the kernel lists them. */
final class Drives {
  private final Path mounts;

  /**
   * @param mounts a table in the form of {@code /proc/self/mounts} (proc(5))
   */
  Drives(Path mounts) {
    this.mounts = mounts;
  }

  /** Where drives of this label are mounted: the folder has the label's name. */
  List<Path> labelled(String label) {
    try {
      return Files.readAllLines(mounts).stream()
          .map(line -> line.split(" "))
          .filter(fields -> fields.length > 2 && fields[2].equals("vfat"))
          .map(fields -> Path.of(fields[1].replace("\\040", " ")))
          .filter(folder -> folder.endsWith(label))
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
