package org.hilbench.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Data sets and models that lie beside the checkout; tests abort with a reason without them. */
public final class SharedData {
  private SharedData() {}

  /** The repository's root folder. */
  public static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("firmware-templates"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside a checkout: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  /** A file or folder below {@code shared/data}; the test aborts where it is absent. */
  public static Path data(String relative) {
    Path path = sharedFolder().resolve("data").resolve(relative);
    Assumptions.assumeTrue(Files.exists(path), () -> "absent: shared/data/" + relative);
    return path;
  }

  private static Path sharedFolder() {
    String stated = System.getProperty("hilbench.shared");
    return stated == null ? repository().resolveSibling("shared") : Path.of(stated);
  }
}
