package org.hilbench.measure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.hilbench.device.ClockReport;
import org.hilbench.device.ModelPlace;
import org.hilbench.quantity.Quantity;
import org.hilbench.quantity.Unit;

/** Records filled by hand. */
public final class SampleMeasurement {
  public static final Bytes INPUT = Bytes.of(new byte[] {1, 2, 3});
  public static final Bytes OUTPUT = Bytes.of(new byte[] {-4, 5});
  public static final Bytes LOGITS = Bytes.of(new byte[] {7, 8});

  private SampleMeasurement() {}

  static MeasurementJob job(String id, String board) {
    return MeasurementJob.of(
            Bytes.of(new byte[] {9, 9}), SampleIngredients.of(board, "reference"), List.of(INPUT))
        .id(id)
        .keeping(List.of(1))
        .timed(1, 3)
        .job();
  }

  public static Measurement measurement(Bytes output, Bytes logits, long... crcs) {
    String[] names = {"CONV_2D", "FULLY_CONNECTED", "SOFTMAX"};
    List<OpCost> ops = new java.util.ArrayList<>();
    for (int i = 0; i < crcs.length; i++) {
      ops.add(new OpCost(i, names[i], simulated(1000 + i, Unit.INSTRUCTIONS), 2, crcs[i]));
    }
    return new Measurement(
        "mps2-an386",
        "qemu mps2-an386",
        Optional.empty(),
        "25mhz",
        new ClockReport("25mhz", OptionalLong.of(25_000_000), true, "", "t", OptionalLong.of(25)),
        new Tflm("1", "reference", Optional.empty(), Optional.empty(), Optional.empty()),
        "gcc",
        Optional.of(
            new Timing(
                Optional.of(simulated(1000, Unit.INSTRUCTIONS)),
                new Quantity.Estimated(1500, Unit.CYCLES, 0.25),
                new Quantity.Estimated(1500 / 25e6, Unit.SECONDS, 0.25))),
        new SramParts(
            simulated(100, Unit.BYTES),
            linked(1000),
            simulated(20, Unit.BYTES),
            linked(3),
            linked(4),
            linked(500),
            simulated(127, Unit.BYTES)),
        new FlashParts(linked(1), linked(2), linked(3), linked(4), linked(5), linked(15)),
        Optional.empty(),
        Optional.empty(),
        new Quantity.Counted(6, Unit.COUNT),
        new Quantity.Counted(7, Unit.COUNT),
        ops,
        new Samples(1, List.of(1600L, 1601L), "cmsdk-timer", OptionalDouble.of(25e6)),
        List.of(new Inference(INPUT, output, Map.of(1, logits))),
        "aa",
        Optional.of("ab"),
        "bb",
        "bb",
        Loading.UPLOADED,
        Optional.of(ModelPlace.FLASH),
        Optional.empty(),
        new SpentTime(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)),
        Optional.empty());
  }

  private static Quantity simulated(double value, Unit unit) {
    return new Quantity.Simulated(value, unit);
  }

  private static Quantity linked(double value) {
    return new Quantity.Linked(value, Unit.BYTES);
  }
}
