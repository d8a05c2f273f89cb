package org.hilbench.desk;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hilbench.BenchException;
import org.hilbench.bench.Bench;
import org.hilbench.bench.BenchWorkers;
import org.hilbench.bench.GivenPorts;
import org.hilbench.bench.ImageBuilder;
import org.hilbench.bench.LabMeters;
import org.hilbench.bench.NamedPort;
import org.hilbench.bench.Place;
import org.hilbench.bench.SimulatedPlaces;
import org.hilbench.bench.SteadyPlaces;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.CommandRunner;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.UserTflm;
import org.hilbench.lab.MeterEntry;
import org.hilbench.measure.InProcessJobQueue;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.trial.MeasureStage;

/** The job queue of this process with the bench that serves it. */
public final class Benches implements AutoCloseable {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration UNPLUGGED = Duration.ofMinutes(10);

  private final JobQueue queue = new InProcessJobQueue(LEASE, InstantSource.system());
  private final BoardProfiles boards;
  private final SteadyPlaces places;
  private final Bench bench;
  private final BenchWorkers workers;
  private final Path cache;

  /**
   * What is to be measured, and with what.
   *
   * @param boards ids of all boards that jobs will ask for
   * @param tflm a runtime of the user's own, absent for the default one
   * @param compiles hears of what is compiled once
   * @param decided where the boards are measured, of a search that goes on
   * @param port of the board that is meant, {@code serial:PORT}; absent where none is named
   * @param meter that the command line names
   * @param samples file that keeps the meter's samples
   */
  public record Setup(
      List<String> boards,
      Optional<UserTflm> tflm,
      CompileWatcher compiles,
      Map<String, String> decided,
      Optional<String> port,
      Optional<MeterEntry> meter,
      Optional<Path> samples) {
    /** For a search. */
    public static Setup search(
        List<String> boards,
        Optional<UserTflm> tflm,
        CompileWatcher compiles,
        Map<String, String> decided) {
      return new Setup(
          boards, tflm, compiles, decided, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  public Benches(Home home, BoardProfiles boards, CommandRunner runner, Setup setup)
      throws BenchException {
    this.boards = boards;
    this.cache = home.cache();
    FirmwareBuilder builder =
        new FirmwareBuilder(
            runner, home.firmwareTemplates(), home.cache(), setup.tflm(), setup.compiles());
    Desk desk = Desk.read(home, boards);
    Place.Finder all =
        desk.places(home, runner, new GivenPorts(new SimulatedPlaces(boards, runner)));
    Place.Finder named = setup.port().<Place.Finder>map(at -> new NamedPort(at, all)).orElse(all);
    places = new SteadyPlaces(named, UNPLUGGED, setup.decided());
    LabMeters meters = new LabMeters(desk.lab(), setup.meter(), setup.samples());
    bench = new Bench(boards, ImageBuilder.of(builder), places, meters);
    workers = BenchWorkers.start(queue, bench, places(setup, desk, boards));
  }

  /** How many jobs of each board can run side by side; a meter that is named sees one of them. */
  private static Map<String, Integer> places(Setup setup, Desk desk, BoardProfiles boards)
      throws BenchException {
    boolean one = setup.port().isPresent() || setup.meter().isPresent();
    Map<String, Integer> places = new TreeMap<>();
    for (String id : setup.boards()) {
      int attached = desk.attached().adopted(boards.find(id)).size();
      places.put(id, one ? 1 : Math.max(1, attached));
    }
    return places;
  }

  /** Where these are measured from now on; see {@link SteadyPlaces#decide}. */
  public Map<String, String> decide(List<String> boardIds) throws BenchException {
    List<BoardProfile> profiles = new ArrayList<>();
    for (String id : boardIds) {
      profiles.add(boards.find(id));
    }
    return places.decide(profiles);
  }

  /** That these boards can take uploads: see {@link Bench#requireResident}. */
  public void requireResident(List<String> boardIds, String kernels) throws BenchException {
    for (String id : boardIds) {
      bench.requireResident(id, MeasurementJob.ON_AUTO, kernels);
    }
  }

  public MeasureStage stage() {
    return new MeasureStage(queue, bench, cache);
  }

  @Override
  public void close() {
    queue.close();
    workers.close();
  }
}
