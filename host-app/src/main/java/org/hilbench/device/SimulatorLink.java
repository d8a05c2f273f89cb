package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hilbench.exec.RunningCommand;
import org.hilbench.protocol.Link;

/** The line into the process of a simulator: ends with it, and ends it when closed. */
final class SimulatorLink implements Link {
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private final Link line;
  private final Simulation simulation;
  private volatile boolean closed;

  /** A running simulator, as far as its line is concerned. */
  interface Simulation {
    /** Its name, for people. */
    String program();

    RunningCommand process();

    /** What it said last, and how it ended, on one line. */
    String lastWords();

    /** Why its core gave up while the program lives on, silent; empty where it did not. */
    Optional<String> abort();

    /** Ends the process and removes what it left. */
    void close();
  }

  SimulatorLink(Link line, Simulation simulation) {
    this.line = line;
    this.simulation = simulation;
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    try {
      line.write(bytes, limit);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    int count;
    try {
      count = line.read(into, wait);
    } catch (IOException e) {
      throw ended(e);
    }
    if (count < 0) {
      throw ended(new IOException("its end was closed"));
    }
    Optional<String> abort = count == 0 ? simulation.abort() : Optional.empty();
    if (abort.isPresent()) {
      throw new IOException(simulation.program() + "'s core stopped: " + abort.get());
    }
    return count;
  }

  /** The line broke: with the simulator's last words where it ended, as it does right after. */
  private IOException ended(IOException cause) {
    if (closed) {
      return cause;
    }
    String program = simulation.program();
    try {
      simulation.process().exit().get(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return new IOException(
          cause.getMessage() + "; " + program + ": " + simulation.lastWords(), cause);
    }
    return new IOException(program + " ended: " + simulation.lastWords(), cause);
  }

  @Override
  public void close() {
    closed = true;
    try {
      line.close();
    } finally {
      simulation.close();
    }
  }
}
