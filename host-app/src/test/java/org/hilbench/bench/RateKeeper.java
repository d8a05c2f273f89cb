package org.hilbench.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.RunningCommand;
import org.junit.jupiter.api.Assumptions;

/** A pseudo-terminal that passes bytes only while its port is set to 115200 baud. */
final class RateKeeper implements AutoCloseable {
  private static final String RELAY =
      """
      import os, pty, select, sys, termios, time, tty
      master, slave = pty.openpty()
      tty.setraw(slave)
      os.symlink(os.ttyname(slave), sys.argv[1])
      os.close(slave)
      board = os.open(sys.argv[2], os.O_RDWR | os.O_NOCTTY)
      while True:
          for fd in select.select([master, board], [], [])[0]:
              try:
                  data = os.read(fd, 4096)
              except OSError:  # nobody has the port open
                  time.sleep(0.02)
                  continue
              if termios.tcgetattr(master)[5] == termios.B115200:
                  os.write(board if fd == master else master, data)
      """;

  private final RunningCommand relay;
  private final Path port;

  private RateKeeper(RunningCommand relay, Path port) {
    this.relay = relay;
    this.port = port;
  }

  /** Aborts the test where python3 is not installed. */
  static RateKeeper before(Path board, Path folder)
      throws BenchException, IOException, InterruptedException {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("python3").isPresent(), "absent: python3");
    Path script = Files.writeString(folder.resolve("relay.py"), RELAY);
    Path port = folder.resolve("kept");
    RunningCommand relay =
        runner.start(Command.of("python3", script.toString(), port.toString(), board.toString()));
    for (int i = 0; i < 500 && !Files.exists(port); i++) {
      Thread.sleep(20);
    }
    return new RateKeeper(relay, port);
  }

  Path port() {
    return port;
  }

  @Override
  public void close() {
    relay.close();
  }
}
