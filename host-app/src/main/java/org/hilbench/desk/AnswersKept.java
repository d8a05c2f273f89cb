package org.hilbench.desk;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.hilbench.trial.KeptReference;
import org.hilbench.verify.ReferenceRunner;
import org.jspecify.annotations.Nullable;

/** Keeps the reference's answers in the user's cache, for as long as this build of the program. */
final class AnswersKept {
  private static final String FOLDER = "references";

  private AnswersKept() {}

  /** The runner with a memory; without one where the program runs from loose classes. */
  static ReferenceRunner of(Path cache, ReferenceRunner source) {
    @Nullable CodeSource code = AnswersKept.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = code == null ? cache : Path.of(code.getLocation().toURI());
      return Files.isRegularFile(jar)
          ? new KeptReference(source, cache.resolve(FOLDER), version(jar))
          : source;
    } catch (IOException | URISyntaxException e) {
      return source;
    }
  }

  /** Another build, or another library by its file's name, is another version. */
  private static String version(Path jar) throws IOException {
    return String.join(
        " ",
        jar.getFileName().toString(),
        Long.toString(Files.size(jar)),
        Files.getLastModifiedTime(jar).toString(),
        System.getProperty("java.class.path"));
  }
}
