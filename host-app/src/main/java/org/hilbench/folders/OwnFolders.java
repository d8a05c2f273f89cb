package org.hilbench.folders;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * Makes this process, and the JVMs that it starts, unpack and load native libraries in folders of
 * this user alone. By themselves jSerialComm, SQLite and JNA use names below {@code /tmp} that
 * anybody can take first, and JavaCPP and DJL folders of the home.
 *
 * <p>Below the cache folder: {@code native/} for what is kept, named by content or version; {@code
 * tmp/} with a folder for each living process.
 */
public final class OwnFolders {
  private static final String LIBRARIES = "native";

  /** What the libraries ask for, and what a JVM that we start must be told too. */
  private static final List<String> PROPERTIES =
      List.of(
          "java.io.tmpdir", // jSerialComm, SQLite, our own
          "jna.tmpdir",
          "jna.nosys", // JNA's own part comes from its jar, never from a path of the system
          "org.bytedeco.javacpp.cachedir",
          "fazecast.jSerialComm.appid",
          "user.home");

  private final Scratch scratch;

  private OwnFolders(Scratch scratch) {
    this.scratch = scratch;
  }

  /**
   * Prepares the folders and sets the properties of this JVM. To be called before anything else.
   *
   * @param cache {@code HILBENCH_CACHE}
   * @throws BenchException (ENVIRONMENT) if one of the folders belongs to somebody else, is open to
   *     others or cannot be made
   */
  public static OwnFolders enter(Path cache) throws BenchException {
    try {
      Files.createDirectories(cache);
      PrivateFolder.close(cache);
      Path libraries = PrivateFolder.require(cache.resolve(LIBRARIES));
      Scratch scratch = Scratch.open(PrivateFolder.require(cache.resolve("tmp")));
      if (scratch.alone()) {
        sweep(djl(cache).resolve("pytorch"));
      }
      System.setProperty("java.io.tmpdir", scratch.folder().toString());
      System.setProperty("jna.tmpdir", scratch.folder().toString());
      System.setProperty("jna.nosys", "true");
      System.setProperty("org.bytedeco.javacpp.cachedir", libraries.toString());
      System.setProperty("fazecast.jSerialComm.appid", "hilbench");
      return new OwnFolders(scratch);
    } catch (IOException e) {
      throw new BenchException(
          Stage.RUN,
          BenchException.Kind.ENVIRONMENT,
          "cannot use the cache folder "
              + cache
              + " ("
              + e
              + "); free space there, or set HILBENCH_CACHE to a folder that can be written",
          e);
    }
  }

  /** Removes the temporary files; a process that ends without it leaves that to the next one. */
  public void leave() {
    scratch.remove();
  }

  /** Where DJL unpacks PyTorch, about 430 MB at the first start. */
  public static Path djl(Path cache) {
    return cache.resolve(LIBRARIES).resolve("djl");
  }

  /** What a JVM that this one starts is to be told. */
  public static Map<String, String> properties() {
    Map<String, String> known = new LinkedHashMap<>();
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        known.put(name, value);
      }
    }
    return known;
  }

  /** DJL unpacks beside the folder that it names at last; one that was killed leaves 430 MB. */
  private static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "tmp*")) {
      for (Path path : left) {
        Scratch.deleteTree(path);
      }
    }
  }
}
