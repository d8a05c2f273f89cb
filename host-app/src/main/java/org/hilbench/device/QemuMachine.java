package org.hilbench.device;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.exec.RunningCommand;
import org.hilbench.protocol.Link;

/**
 * A Cortex-M machine of QEMU's that counts instructions. Each open device is a QEMU process of its
 * own, on a socket that only we can reach, gone when the device is closed or this process ends.
 */
public final class QemuMachine {
  private static final String LINE = "line";

  /** Bytes of a socket's name, by {@code sockaddr_un} of Linux. */
  private static final int LONGEST_SOCKET = 107;

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration LONGEST_LIFE = Duration.ofHours(1);

  private final Qemu qemu;
  private final String machine;
  private final TickMeaning ticks;
  private final Patience patience;

  /**
   * @param machine QEMU's name of it, such as {@code mps2-an386}
   * @param tickHz at which the machine's model of the timer counts, where that is not what the
   *     firmware says
   */
  public QemuMachine(Qemu qemu, String machine, OptionalLong tickHz, Patience patience) {
    this.qemu = qemu;
    this.machine = machine;
    this.ticks = TickMeaning.instructionsOf(Qemu.SECONDS_PER_INSTRUCTION, tickHz);
    this.patience = patience;
  }

  public QemuMachine(Qemu qemu, String machine) {
    this(qemu, machine, OptionalLong.empty(), Patience.simulated());
  }

  /**
   * Starts the image and greets it.
   *
   * @throws BenchException if QEMU does not start or ends at once, or the firmware does not answer
   */
  public Device open(Path elf) throws BenchException {
    try (Meeting meeting = new Meeting()) {
      RunningCommand process =
          qemu.runner().start(qemu.command(machine, elf, meeting.socket, LONGEST_LIFE));
      try {
        QemuRun run = new QemuRun(process);
        Link link = new SimulatorLink(meeting.line(run), run);
        return ProtocolDevice.greet(
            link, name(), ticks, patience, new SplittableRandom(System.nanoTime()));
      } catch (BenchException | RuntimeException | Error e) {
        process.close();
        throw e;
      }
    }
  }

  private String name() {
    return "qemu " + machine;
  }

  /** A private place for QEMU to connect to; its name is gone as soon as it did. */
  private final class Meeting implements AutoCloseable {
    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;

    private Meeting() throws BenchException {
      try {
        folder = meetingFolder();
        socket = folder.resolve(LINE);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        server.configureBlocking(false);
      } catch (IOException e) {
        throw environment("cannot make a socket in the folder for temporary files", e);
      }
    }

    /** Where the own folder for temporary files lies too deep for a socket, {@code /tmp}. */
    private static Path meetingFolder() throws IOException {
      Path own = Files.createTempDirectory("q");
      if (own.resolve(LINE).toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET) {
        return own;
      }
      Files.delete(own);
      return Files.createTempDirectory(Path.of("/tmp"), "hilbench");
    }

    private Link line(QemuRun run) throws BenchException {
      try (Selector selector = Selector.open()) {
        server.register(selector, SelectionKey.OP_ACCEPT);
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() - deadline < 0) {
          SocketChannel connected = server.accept();
          if (connected != null) {
            return new SocketLink(connected);
          }
          if (!run.process().alive()) {
            throw SimulatorLink.endedAtItsStart(name(), run);
          }
          selector.select(20);
          if (Thread.currentThread().isInterrupted()) {
            throw new DeviceException.Interrupted(name() + ": stopped by an interruption");
          }
        }
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new DeviceException.Interrupted(name() + ": stopped by an interruption");
        }
        throw environment("cannot meet " + name(), e);
      }
      throw environment(
          name() + " did not connect within " + START.toSeconds() + " s",
          new IOException(run.lastWords()));
    }

    @Override
    public void close() throws BenchException {
      try {
        server.close();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        throw environment("cannot remove " + folder, e);
      }
    }
  }

  private static BenchException environment(String what, IOException cause) {
    return new BenchException(
        Stage.RUN,
        BenchException.Kind.ENVIRONMENT,
        what + ": " + Optional.ofNullable(cause.getMessage()).orElse(cause.toString()),
        cause);
  }
}
