package org.hilbench.board;

import java.nio.file.Path;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/** Reads one board.yaml. */
final class BoardYaml {
  private BoardYaml() {}

  static BoardProfile read(Path folder) throws BenchException {
    String id = String.valueOf(folder.getFileName());
    BoardProfile profile =
        StrictYaml.read(folder.resolve("board.yaml"), label(id), BoardProfile.class);
    if (!profile.id().equals(id)) {
      throw BenchException.usage(
          Stage.BUILD,
          label(id)
              + ": id '"
              + profile.id()
              + "' differs from the folder's name; make them equal");
    }
    return profile;
  }

  static String label(String id) {
    return "board.yaml (" + id + ")";
  }
}
