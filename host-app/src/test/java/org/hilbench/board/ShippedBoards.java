package org.hilbench.board;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the profiles that the repository ships, from wherever a test runs. */
public final class ShippedBoards {
  private ShippedBoards() {}

  public static Path directory() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(at.resolve("board-profiles"))) {
      at = at.getParent();
      if (at == null) {
        throw new IllegalStateException("no board-profiles above the working directory");
      }
    }
    return at.resolve("board-profiles");
  }
}
