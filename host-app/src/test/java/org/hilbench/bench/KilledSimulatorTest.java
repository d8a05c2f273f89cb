package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.device.Device;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.InProcessJobQueue;
import org.hilbench.measure.JobQueue;
import org.hilbench.measure.MeasurementResult;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.testkit.KillingRunner;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose fault it is when QEMU ends. Real QEMU, real signals. */
@Tag("sim")
@Timeout(120)
final class KilledSimulatorTest {
  private static final String QEMU = "qemu-system-arm";

  private final KillingRunner runner =
      new KillingRunner(
          new ExecRunner(), command -> command.argv().containsAll(List.of(QEMU, "-kernel")));
  private final AtomicInteger inRuns = new AtomicInteger();
  private String signal = "KILL";
  private JobQueue queue;
  private BenchWorker worker;
  private TfliteModel model;

  @BeforeEach
  void start() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(runner.find(QEMU).isPresent(), "absent: " + QEMU);
    BoardProfiles boards = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    FirmwareBuilder builder = Workshop.builder();
    Place.Finder places = new SimulatedPlaces(boards, runner);
    queue = new InProcessJobQueue(Duration.ofSeconds(30), InstantSource.system());
    Bench bench =
        new Bench(boards, ImageBuilder.of(builder), (board, on) -> deadly(places.find(board, on)));
    worker = BenchWorker.start(queue, bench, Set.of());
    SplittableRandom random = new SplittableRandom(3);
    model =
        TfliteModel.parse(
            TfliteWriter.write(
                RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
  }

  @AfterEach
  void stop() {
    if (worker != null) {
      worker.close();
      queue.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void killedAtItsStartItIsStartedAgain(int kills) throws Exception {
    runner.killNext(kills);
    completed(measure());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void killedInARunItIsRunAgain(int kills) throws Exception {
    inRuns.set(kills);
    completed(measure());
  }

  @Test
  void crashedOnceItIsRunAgain() throws Exception {
    signal = "SEGV";
    inRuns.set(1);
    completed(measure());
  }

  /** Even where models went well before: what kills from outside may come back. */
  @Test
  void killedAgainAndAgainItIsTheMachinesFailure() throws Exception {
    completed(measure());
    inRuns.set(3);
    BenchException inRun = failure(measure());
    assertEquals(BenchException.Kind.PASSING, inRun.kind(), inRun::getMessage);
    assertTrue(inRun.getMessage().contains("killed by SIGKILL"), inRun::getMessage);
    assertTrue(inRun.getMessage().contains("3 times"), inRun::getMessage);
    runner.killNext(3);
    BenchException atStart = failure(measure());
    assertEquals(BenchException.Kind.PASSING, atStart.kind());
    assertTrue(atStart.getMessage().contains("ended at its start"), atStart::getMessage);
    completed(measure());
  }

  @Test
  void aModelThatCrashesItWhileAnotherRunsHasFailed() throws Exception {
    completed(measure());
    signal = "ABRT";
    inRuns.set(3);
    BenchException failure = failure(measure());
    assertEquals(BenchException.Kind.TRIAL, failure.kind());
    assertTrue(failure.getMessage().contains("crashed by SIGABRT"), failure::getMessage);
  }

  @Test
  void whereNothingRunsAnyMoreItIsTheMachinesFailure() throws Exception {
    completed(measure());
    signal = "ABRT";
    inRuns.set(4);
    BenchException failure = failure(measure());
    assertEquals(BenchException.Kind.PASSING, failure.kind(), failure::getMessage);
    assertTrue(failure.getMessage().contains("what went well there before"), failure::getMessage);
  }

  @Test
  void whereNothingRanYetItIsTheMachinesFailure() throws Exception {
    signal = "ABRT";
    inRuns.set(3);
    assertEquals(BenchException.Kind.PASSING, failure(measure()).kind());
  }

  private MeasurementResult measure() throws Exception {
    String id = Long.toString(System.nanoTime());
    List<Bytes> inputs = List.of(MlperfTiny.wide(model));
    return queue
        .submit(MlperfTiny.job(id, model, "mps2-an386", inputs, 1))
        .get(100, TimeUnit.SECONDS);
  }

  private static void completed(MeasurementResult result) {
    assertInstanceOf(MeasurementResult.Completed.class, result, result::toString);
  }

  private static BenchException failure(MeasurementResult result) {
    return assertInstanceOf(MeasurementResult.Failed.class, result).exception();
  }

  private Place deadly(Place place) {
    return new Place(
        place.name(),
        place.links(),
        place.standIn(),
        place.machines(),
        () -> {
          Place.Taken taken = place.take();
          return new Place.Taken(
              taken.name(),
              taken.probe(),
              image -> deadly(taken.opener().open(image)),
              taken.release());
        });
  }

  /** The same device, whose simulator gets the signal when it is to run, while kills are left. */
  private Device deadly(Device device) {
    return (Device)
        Proxy.newProxyInstance(
            Device.class.getClassLoader(),
            new Class<?>[] {Device.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("run") && inRuns.getAndDecrement() > 0) {
                runner.signalLast(signal);
              }
              try {
                return method.invoke(device, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
