package org.hilbench.firmware;

import java.nio.file.Path;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandRunner;

/**
 * The cross compiler with its libraries, CMake and Ninja: found, and of a known version.
 *
 * @param version the compiler's own words
 */
record Toolchain(String version) {
  static final String COMPILER = "arm-none-eabi-g++";
  private static final String PACKAGES =
      "gcc-arm-none-eabi libnewlib-arm-none-eabi libstdc++-arm-none-eabi-newlib";

  /** Libraries that packages apart from the compiler's bring. */
  private static final List<String> LIBRARIES = List.of("nano.specs", "libstdc++_nano.a");

  static Toolchain require(CommandRunner runner) throws BenchException {
    requireProgram(runner, COMPILER, "it compiles the firmware", PACKAGES);
    requireProgram(runner, "cmake", "it builds the firmware's archives", "cmake");
    requireProgram(runner, "ninja", "CMake builds with it", "ninja-build");
    for (String library : LIBRARIES) {
      // The compiler answers with the bare name where it has no such file.
      String path = ask(runner, "-print-file-name=" + library);
      if (!Path.of(path).isAbsolute()) {
        throw missing(library + " is missing beside " + COMPILER, PACKAGES);
      }
    }
    return new Toolchain(ask(runner, "--version").lines().findFirst().orElse("unknown"));
  }

  private static void requireProgram(
      CommandRunner runner, String program, String purpose, String packages) throws BenchException {
    if (runner.find(program).isEmpty()) {
      throw missing(program + " is not on the PATH; " + purpose, packages);
    }
  }

  private static String ask(CommandRunner runner, String question) throws BenchException {
    return runner.run(Command.of(COMPILER, question).withStage(Stage.BUILD)).stdout().strip();
  }

  private static BenchException missing(String what, String packages) {
    return new BenchException(
        Stage.BUILD,
        BenchException.Kind.ENVIRONMENT,
        what + ". Run scripts/setup, or: sudo apt-get install " + packages);
  }
}
