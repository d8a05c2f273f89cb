package org.hilbench.desk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfiles;
import org.hilbench.folders.CacheFolder;

/**
 * Where this installation's folders are.
 *
 * @param root the checkout: firmware-templates, board-profiles, scripts
 * @param cache built runtimes and fetched sources
 */
public record Home(Path root, Path cache) {

  /** From the launcher's properties; the working directory and the user's cache without them. */
  public static Home locate() throws BenchException {
    Path root = Path.of(System.getProperty("hilbench.home", "")).toAbsolutePath();
    if (!Files.isDirectory(root.resolve("firmware-templates"))) {
      throw new BenchException(
          Stage.PROPOSE,
          BenchException.Kind.ENVIRONMENT,
          root + " is not a hilbench checkout; start the launcher ./hilbench of the checkout");
    }
    return new Home(root, CacheFolder.location());
  }

  public BoardProfiles boards() throws BenchException {
    Map<String, String> environment = System.getenv();
    return BoardProfiles.load(BoardProfiles.directory(root, environment));
  }

  public Path firmwareTemplates() {
    return root.resolve("firmware-templates");
  }

  public Path runtimeSources() {
    return cache.resolve("tflm").resolve("tfmicro-0.1.0");
  }
}
