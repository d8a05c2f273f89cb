package org.hilbench.device;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.Printable;
import org.hilbench.Stage;
import org.hilbench.exec.Ending;
import org.hilbench.exec.RunningCommand;
import org.hilbench.protocol.Link;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of Renode with its folder; both are gone when it is closed. */
final class RenodeRun implements SimulatorLink.Simulation, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RenodeRun.class);
  private static final Duration LONGEST_LIFE = Duration.ofHours(1);
  private static final Duration CONNECTING = Duration.ofSeconds(1);
  private static final long RETRY_MILLIS = 50;
  private static final int LONGEST_WORDS = 600;

  /** Below those that Linux gives to connections: none of them is connected to itself. */
  private static final int FIRST_PORT = 20_000;

  private static final int END_OF_PORTS = 32_000;
  private static final int PORT_TRIES = 1_000;

  private final RenodeFiles files;
  private final RenodeLog log;
  private final RunningCommand process;
  private final int port;
  private volatile String said = "";

  private RenodeRun(RenodeFiles files, RunningCommand process, int port) {
    this.files = files;
    this.log = new RenodeLog(files.log());
    this.process = process;
    this.port = port;
    Thread reader = new Thread(this::listen, "renode output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Writes platform and script into a folder that only we can read, and starts Renode on them. */
  static RenodeRun start(Renode renode, RenodePlatform platform, Path elf) throws BenchException {
    @Nullable RenodeFiles files = null;
    try {
      files = new RenodeFiles(Files.createTempDirectory("hilbench"));
      int monitor;
      int line;
      do {
        monitor = freePort();
        line = freePort();
      } while (monitor == line);
      Files.writeString(files.platform(), platform.overlay());
      Files.writeString(files.script(), platform.script(files, elf, line));
      RunningCommand process = renode.runner().start(renode.command(files, monitor, LONGEST_LIFE));
      return new RenodeRun(files, process, line);
    } catch (IOException e) {
      remove(files);
      throw environment("cannot prepare a run of Renode: " + e, e);
    } catch (BenchException e) {
      remove(files);
      throw e;
    }
  }

  private static int freePort() throws IOException {
    SplittableRandom random = new SplittableRandom(System.nanoTime());
    for (int i = 0; i < PORT_TRIES; i++) {
      int candidate = random.nextInt(FIRST_PORT, END_OF_PORTS);
      try (ServerSocket socket = new ServerSocket(candidate)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        LOG.debug("port {} is in use", candidate);
      }
    }
    throw new IOException("no port of " + FIRST_PORT + ".." + END_OF_PORTS + " is free");
  }

  /** Reads all that it prints, so that it never waits for a reader. */
  private void listen() {
    byte[] buffer = new byte[1024];
    try (InputStream output = process.stdout()) {
      int count;
      while ((count = output.read(buffer)) >= 0) {
        said = end(said + new String(buffer, 0, count, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      LOG.debug("the output of Renode ended: {}", e.toString());
    }
  }

  /** Connects to its serial port, as soon as it listens there. */
  Link line(String name, Duration patience) throws BenchException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - deadline < 0) {
      try {
        return new SimulatorLink(SocketLink.connect("127.0.0.1", port, CONNECTING), this);
      } catch (IOException e) {
        if (!process.alive()) {
          throw SimulatorLink.endedAtItsStart(name, this);
        }
      }
      pause(name);
    }
    throw environment(
        name
            + " did not open its serial port within "
            + patience.toMillis() / 1e3
            + " s: "
            + lastWords(),
        null);
  }

  private static void pause(String name) throws BenchException {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceException.Interrupted(name + ": stopped by an interruption");
    }
  }

  @Override
  public String program() {
    return "Renode";
  }

  @Override
  public RunningCommand process() {
    return process;
  }

  /** A core that gave up leaves Renode running and silent: only the log tells. */
  @Override
  public Optional<String> abort() {
    return log.abort();
  }

  @Override
  public String lastWords() {
    String words = Printable.words(said + "\n" + process.stderrTail());
    String errors = log.errors();
    String state =
        process.alive() ? "still running" : new Ending(process.exit().getNow(-1)).words();
    return (words.isEmpty() ? "it said nothing" : end(words))
        + (errors.isEmpty() ? "" : "; its log: " + errors)
        + " ("
        + state
        + ")";
  }

  private static String end(String words) {
    return words.substring(Math.max(0, words.length() - LONGEST_WORDS));
  }

  @Override
  public void close() {
    process.close();
    remove(files);
  }

  private static void remove(@Nullable RenodeFiles files) {
    if (files == null || !Files.exists(files.folder())) {
      return;
    }
    try (Stream<Path> all = Files.walk(files.folder())) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", files.folder(), e.toString());
    }
  }

  private static BenchException environment(String what, @Nullable IOException cause) {
    return new BenchException(Stage.RUN, BenchException.Kind.ENVIRONMENT, what, cause);
  }
}
