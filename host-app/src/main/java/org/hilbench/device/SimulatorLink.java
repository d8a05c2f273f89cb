package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.exec.Ending;
import org.hilbench.exec.RunningCommand;
import org.hilbench.protocol.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line into the process of a simulator: ends with it, and ends it when closed. */
final class SimulatorLink implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorLink.class);
  private static final Duration LAST_MOMENT = Duration.ofSeconds(10);

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

  /** The simulator's process is no more. */
  static final class Ended extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean fromOutside;

    private Ended(String message, boolean fromOutside, IOException cause) {
      super(message, cause);
      this.fromOutside = fromOutside;
    }

    boolean fromOutside() {
      return fromOutside;
    }
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

  /** Killed, which passes; or it cannot run here at all. */
  static BenchException endedAtItsStart(String name, Simulation simulation) {
    Ending ending = new Ending(simulation.process().exit().getNow(-1));
    return new BenchException(
        Stage.RUN,
        ending.bySignal() ? BenchException.Kind.PASSING : BenchException.Kind.ENVIRONMENT,
        name + " ended at its start: " + simulation.lastWords());
  }

  /** The line broke: with the simulator's last words where it ended, as it does right after. */
  private IOException ended(IOException cause) {
    if (closed) {
      return cause;
    }
    String program = simulation.program();
    try {
      int code = simulation.process().exit().get(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
      String message = program + " ended: " + simulation.lastWords();
      return new Ended(message, new Ending(code).fromOutside(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("{} has not ended, though its line did", program, e);
    }
    return new Ended(
        cause.getMessage() + "; " + program + ": " + simulation.lastWords(), true, cause);
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
