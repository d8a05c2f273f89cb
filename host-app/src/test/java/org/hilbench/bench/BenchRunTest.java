package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.board.OperatingPoint;
import org.hilbench.device.DeviceException;
import org.hilbench.device.FaultReport;
import org.hilbench.device.RunOrder;
import org.hilbench.energy.EnergyMeter;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.measure.SampleIngredients;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;

final class BenchRunTest {
  private static final int WARMUPS = 2;
  private static final int RUNS = 5;

  @Test
  void anInferenceThatOutlastsTheWatchdogIsRefusedBeforeItIsTimed() throws Exception {
    TfliteModel model = model();
    ScriptedDevice board = new ScriptedDevice(8, 3);
    BenchException told =
        assertThrows(
            BenchException.class, () -> run(board, model, 100_000, Optional.empty()).readings());
    assertEquals(
        "serial:scripted: one inference takes 24.0 s at slow, and the board's watchdog allows 20 s;"
            + " choose a faster operating point, faster kernels or a smaller network",
        told.getMessage());
    assertEquals(1, board.orders().size(), "it was looked at op by op, and that is all");
    assertTrue(board.orders().get(0).perOp() && board.orders().get(0).runs() == 0);
  }

  @Test
  void anOperatorThatAloneOutlastsTheWatchdogIsNamed() throws Exception {
    TfliteModel model = model();
    ScriptedDevice board = new ScriptedDevice(8, 3);
    board.bitten(bite(OptionalInt.of(1)));
    BenchException told =
        assertThrows(
            BenchException.class, () -> run(board, model, 100_000, Optional.empty()).readings());
    assertEquals(
        "serial:scripted: operator 1 "
            + model.operators().get(1).name()
            + " ran longer at slow than the board's watchdog allows (22 s or more), which reset the"
            + " board; choose a faster operating point, faster kernels or a smaller network",
        told.getMessage());
    assertFalse(told instanceof DeviceException, "another try would end alike");
    Duration limit = board.orders().get(0).limit();
    assertTrue(limit.toSeconds() >= 100 * model.macs() / 100_000, "the board may bite first");
    board.bitten(bite(OptionalInt.empty()));
    told =
        assertThrows(
            BenchException.class, () -> run(board, model, 100_000, Optional.empty()).readings());
    assertTrue(told.getMessage().startsWith("serial:scripted: an inference ran longer at slow"));
  }

  private static FaultReport bite(OptionalInt op) {
    return new FaultReport(
        "per-op", op, 0, 0, 0, 0, OptionalLong.empty(), OptionalLong.empty(), "watchdog");
  }

  @Test
  void aSlowOneThatDoesNotIsTimed() throws Exception {
    ScriptedDevice board = new ScriptedDevice(8, 2);
    run(board, model(), 100_000, Optional.empty()).readings();
    assertEquals(List.of(0, RUNS), board.orders().stream().map(RunOrder::runs).toList());
  }

  @Test
  void oneThatCannotBeTooLongIsNotLookedAtFirst() throws Exception {
    ScriptedDevice board = new ScriptedDevice(8, 3);
    run(board, model(), 1_000_000_000, Optional.empty()).readings();
    assertEquals(List.of(RUNS), board.orders().stream().map(RunOrder::runs).toList());
  }

  @Test
  void aMeterSeesTheTimedRunsAlone() throws Exception {
    ScriptedDevice board = new ScriptedDevice(8, 0);
    WatchingMeter meter = new WatchingMeter(0.01, () -> board.orders().size());
    Readings readings = run(board, model(), 1_000_000_000, Optional.of(meter)).readings();
    assertTrue(readings.energy().isPresent());
    List<RunOrder> seen = board.orders().subList(meter.startedAt(), meter.stoppedAt());
    assertEquals(1, seen.size());
    assertEquals(RUNS, seen.get(0).runs());
    assertTrue(seen.get(0).warmups() == 0 && !seen.get(0).perOp());
    assertEquals(WARMUPS, board.orders().stream().mapToInt(RunOrder::warmups).sum());
    assertTrue(board.orders().get(2).perOp(), "looked at op by op afterwards");
  }

  private static BenchRun run(
      ScriptedDevice board, TfliteModel model, long clockHz, Optional<EnergyMeter> meter) {
    OperatingPoint point =
        new OperatingPoint(
            "slow", clockHz, 0, Optional.empty(), Optional.empty(), Optional.empty(), "a test");
    MeasurementJob job =
        MeasurementJob.of(
                Bytes.of(model.bytes()),
                SampleIngredients.of("board", "reference"),
                List.of(Bytes.of(new byte[] {1})))
            .timed(WARMUPS, RUNS)
            .job();
    return new BenchRun(board, job, model, point, meter);
  }

  private static TfliteModel model() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    return TfliteModel.parse(
        TfliteWriter.write(RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
  }
}
