package org.hilbench.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.RunningCommand;

/** A machine of QEMU's whose first serial port is a pseudo-terminal, as a board's is a USB one. */
public final class QemuOnAPty implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("redirected to (/dev/\\S+)");

  private final RunningCommand process;
  private final Path port;

  private QemuOnAPty(RunningCommand process, Path port) {
    this.process = process;
    this.port = port;
  }

  public static QemuOnAPty start(CommandRunner runner, String qemu, String machine, Path elf)
      throws BenchException, IOException {
    RunningCommand process =
        runner.start(
            Command.of(
                    qemu,
                    "-M",
                    machine,
                    "-display",
                    "none",
                    "-monitor",
                    "none",
                    "-icount",
                    "shift=6,sleep=off",
                    "-serial",
                    "pty",
                    "-kernel",
                    elf.toString())
                .withTimeout(Duration.ofDays(1))); // campaigns take longer than any test
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
    String line = said.readLine();
    Matcher port = PORT.matcher(line == null ? "" : line);
    if (!port.find()) {
      process.close();
      throw new IOException("QEMU said '" + line + "' " + process.stderrTail());
    }
    return new QemuOnAPty(process, Path.of(port.group(1)));
  }

  public Path port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
