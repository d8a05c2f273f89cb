package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.Core;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.Repeated;

/** The cross compiler with its libraries, CMake and Ninja: found, and told from any other. */
final class Toolchain {
  static final String COMPILER = "arm-none-eabi-g++";
  private static final String PACKAGES =
      "gcc-arm-none-eabi libnewlib-arm-none-eabi libstdc++-arm-none-eabi-newlib";

  /** Libraries that packages apart from the compiler's bring. */
  private static final List<String> LIBRARIES = List.of("nano.specs", "libstdc++_nano.a");

  private static final Command VERSION = Command.of(COMPILER, "--version").withStage(Stage.BUILD);

  private final CommandRunner runner;
  private final String version;
  private final Map<Core, String> contents = new ConcurrentHashMap<>();

  private Toolchain(CommandRunner runner, String version) {
    this.runner = runner;
    this.version = version;
  }

  static Toolchain require(CommandRunner runner) throws BenchException {
    requireProgram(runner, COMPILER, "it compiles the firmware", PACKAGES);
    requireProgram(runner, "cmake", "it builds the firmware's archives", "cmake");
    requireProgram(runner, "ninja", "CMake builds with it", "ninja-build");
    for (String library : LIBRARIES) {
      // The compiler answers with the bare name where it has no such file.
      String path = ask(runner, whereIs(library));
      if (!Path.of(path).isAbsolute()) {
        throw missing(library + " is missing beside " + COMPILER, PACKAGES);
      }
    }
    return new Toolchain(runner, ask(runner, VERSION).lines().findFirst().orElse("unknown"));
  }

  /** The compiler's own words. */
  String version() {
    return version;
  }

  /** A hash that changes with whatever this compiler puts into an image for the core. */
  String content(Core core) throws BenchException {
    String known = contents.get(core);
    if (known == null) {
      known = look(core);
      contents.put(core, known);
    }
    return known;
  }

  private String look(Core core) throws BenchException {
    CommandResult answer = runner.run(whereItLooks(core));
    if (!answer.ok()) {
      throw missing(COMPILER + " does not compile (" + answer.tail() + ")", PACKAGES);
    }
    try {
      Path compiler = runner.find(COMPILER).orElseThrow();
      List<Path> folders = ToolchainFiles.folders(answer.stderr());
      return ToolchainFiles.add(new ContentHash(), compiler, folders).hex();
    } catch (IOException e) {
      throw missing("the files of " + COMPILER + " cannot be read (" + e + ")", PACKAGES);
    }
  }

  /** What is asked of the compiler whatever the core is, in this order. */
  static List<Command> questions() {
    return Stream.concat(LIBRARIES.stream().map(Toolchain::whereIs), Stream.of(VERSION)).toList();
  }

  private static Command whereIs(String library) {
    return Command.of(COMPILER, "-print-file-name=" + library).withStage(Stage.BUILD);
  }

  /** What is asked of it for a core. */
  static Command whereItLooks(Core core) {
    List<String> argv = new ArrayList<>(List.of(COMPILER));
    argv.addAll(core.compilerFlags());
    argv.addAll(ToolchainFiles.question());
    return Command.of(argv).withStage(Stage.BUILD);
  }

  private static void requireProgram(
      CommandRunner runner, String program, String purpose, String packages) throws BenchException {
    if (runner.find(program).isEmpty()) {
      throw missing(program + " is not on the PATH; " + purpose, packages);
    }
  }

  private static String ask(CommandRunner runner, Command command) throws BenchException {
    CommandResult result = Repeated.run(runner, command, failed -> false);
    if (!result.ok()) {
      throw new BenchException(
          Stage.BUILD,
          result.ending().bySignal()
              ? BenchException.Kind.PASSING
              : BenchException.Kind.ENVIRONMENT,
          "'" + command + "' failed (" + result.ending().words() + "): " + result.tail());
    }
    return result.stdout().strip();
  }

  private static BenchException missing(String what, String packages) {
    return new BenchException(
        Stage.BUILD,
        BenchException.Kind.ENVIRONMENT,
        what + ". Run scripts/setup, or: sudo apt-get install " + packages);
  }
}
