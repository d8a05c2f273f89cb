package org.hilbench.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A copy of this checkout under another name, built already, run with an environment of its own.
 */
record Checkout(Path root) {
  /** All that the launcher and a measurement read; the jars by a link. */
  static Checkout copiedTo(Path root) throws Exception {
    launcherTo(root);
    for (String folder : List.of("firmware-templates", "board-profiles")) {
      shell("cp -R -- \"$1\" \"$2\"", Program.ROOT.resolve(folder), root);
    }
    Path target = Files.createDirectories(root.resolve("host-app/target"));
    Path built = Program.ROOT.resolve("host-app/target");
    Files.copy(built.resolve("hilbench.jar"), target.resolve("hilbench.jar"));
    Files.createSymbolicLink(target.resolve("lib"), built.resolve("lib"));
    return new Checkout(root);
  }

  /** The launcher and its scripts alone, for what ends before anything is built. */
  static Checkout launcherTo(Path root) throws Exception {
    Files.createDirectories(root);
    shell("cp -R -- \"$1/hilbench\" \"$1/scripts\" \"$2\"", Program.ROOT, root);
    return new Checkout(root);
  }

  /**
   * The cache of this user with what is fetched and compiled, but no image: that is linked anew.
   */
  static Path cacheIn(Path folder) throws Exception {
    Files.createDirectories(folder);
    shell(
        "cp -R -- \"$1/archives\" \"$1/tflm\" \"$2\"; touch \"$2/setup-$(id -u).stamp\"",
        cache(),
        folder);
    return folder;
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("HILBENCH_CACHE"))
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache", "hilbench"));
  }

  /** Runs the launcher with these variables and PATH alone. */
  Program.Result run(Map<String, String> environment, String... arguments) throws Exception {
    return run(environment, List.of(), arguments);
  }

  /**
   * @param before the launcher on the command line, such as a limit
   */
  Program.Result run(Map<String, String> environment, List<String> before, String... arguments)
      throws Exception {
    Map<String, String> all = new TreeMap<>(environment);
    all.putIfAbsent("PATH", System.getenv("PATH"));
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    all.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(before);
    command.add(root.resolve("hilbench").toString());
    command.addAll(List.of(arguments));
    return Program.run(command);
  }

  static void shell(String script, Path... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("exit code " + code + " of " + command);
    }
  }
}
