package org.hilbench.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.CommandRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.lab.MeterEntry;
import org.hilbench.measure.Bench;
import org.hilbench.measure.BenchWorker;
import org.hilbench.measure.GivenPorts;
import org.hilbench.measure.InProcessJobQueue;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.LabMeters;
import org.hilbench.measure.Place;
import org.hilbench.measure.SimulatedPlaces;
import org.hilbench.trial.MeasureStage;

/** The job queue of this process with the bench that serves it. */
final class Benches implements AutoCloseable {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final JobQueue queue = new InProcessJobQueue(LEASE, InstantSource.system());
  private final BenchWorker worker;

  Benches(Home home, BoardProfiles boards, CommandRunner runner) throws BenchException {
    this(home, boards, runner, Optional.empty());
  }

  /**
   * @param meter that the command line names
   */
  Benches(Home home, BoardProfiles boards, CommandRunner runner, Optional<MeterEntry> meter)
      throws BenchException {
    FirmwareBuilder builder = new FirmwareBuilder(runner, home.firmwareTemplates(), home.cache());
    Desk desk = Desk.read(home, boards);
    Place.Finder places =
        desk.places(home, runner, new GivenPorts(new SimulatedPlaces(boards, runner)));
    Bench bench = new Bench(boards, builder::build, places, new LabMeters(desk.lab(), meter));
    worker = BenchWorker.start(queue, bench, Set.of());
  }

  MeasureStage stage() {
    return new MeasureStage(queue);
  }

  @Override
  public void close() {
    queue.close();
    worker.close();
  }
}
