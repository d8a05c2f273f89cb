package org.hilbench.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.hilbench.BenchException;
import org.hilbench.board.ShippedBoards;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.RunningCommand;
import org.junit.jupiter.api.Assumptions;

/**
 * The firmware's own server, compiled for this machine with sanitizers; its line is a
 * pseudo-terminal, its model that of {@link FakeFirmware#tensor} on longer tensors.
 */
final class HostServer implements AutoCloseable {
  static final int INPUT_BYTES = 700;

  private final RunningCommand process;
  private final Path port;

  private HostServer(RunningCommand process, Path port) {
    this.process = process;
    this.port = port;
  }

  /** The server, built. */
  record Program(CommandRunner runner, Path file) {

    HostServer start() throws BenchException, IOException {
      RunningCommand process = runner.start(Command.of(file.toString()));
      BufferedReader said =
          new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
      String port = said.readLine();
      if (port == null) {
        process.close();
        throw new IOException("the server ended: " + process.stderrTail());
      }
      return new HostServer(process, Path.of(port));
    }
  }

  /** Aborts the test where there is no compiler for this machine. */
  static Program build(CommandRunner runner, Path folder) throws BenchException {
    Assumptions.assumeTrue(
        runner.find("g++").isPresent() && runner.find("cmake").isPresent(),
        "g++ or cmake is not installed");
    Path source = ShippedBoards.directory().resolveSibling("firmware-templates/server/test");
    run(runner, Command.of("cmake", "-S", source.toString(), "-B", folder.toString()));
    run(runner, Command.of("cmake", "--build", folder.toString()));
    return new Program(runner, folder.resolve("host_server"));
  }

  private static void run(CommandRunner runner, Command command) throws BenchException {
    CommandResult result = runner.run(command.withTimeout(Duration.ofMinutes(5)));
    if (!result.ok()) {
      throw new IllegalStateException(result.tail());
    }
  }

  Path port() {
    return port;
  }

  /** What a sanitizer found; empty where nothing was. */
  String complaints() {
    return process.stderrTail();
  }

  @Override
  public void close() {
    process.close();
  }
}
