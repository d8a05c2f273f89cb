package org.hilbench.folders;

import java.nio.file.Path;
import java.util.Optional;

/** Where all that is built, fetched and unpacked once is kept; may be deleted at any time. */
public final class CacheFolder {
  /** Environment variable that names it; the launcher sets it. */
  public static final String VARIABLE = "HILBENCH_CACHE";

  private CacheFolder() {}

  /**
   * The launcher's property, the variable, or the user's own cache (XDG Base Directory
   * Specification), absolute; it need not exist.
   */
  public static Path location() {
    return Optional.ofNullable(System.getProperty("hilbench.cache"))
        .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
        .map(Path::of)
        .orElseGet(() -> usual().resolve("hilbench"))
        .toAbsolutePath();
  }

  private static Path usual() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .map(Path::of)
        .filter(Path::isAbsolute) // the specification says to pass over any other
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
  }
}
