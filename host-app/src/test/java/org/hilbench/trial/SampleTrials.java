package org.hilbench.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.hilbench.Stage;
import org.hilbench.device.ClockReport;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.FlashParts;
import org.hilbench.measure.Inference;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.OpCost;
import org.hilbench.measure.Samples;
import org.hilbench.measure.SpentTime;
import org.hilbench.measure.SramParts;
import org.hilbench.measure.Tflm;
import org.hilbench.measure.Timing;
import org.hilbench.quantity.Quantity.Counted;
import org.hilbench.quantity.Quantity.Estimated;
import org.hilbench.quantity.Quantity.Linked;
import org.hilbench.quantity.Quantity.Simulated;
import org.hilbench.quantity.TargetId;
import org.hilbench.quantity.Unit;
import org.hilbench.search.TrialKey;
import org.hilbench.space.Architecture;
import org.hilbench.space.SearchSpace;
import org.hilbench.space.image.ImageSpace;
import org.hilbench.space.image.SpaceBounds;

/**
 * Trials as a search makes them, with invented numbers of the right size; equal for equal seeds.
 */
public final class SampleTrials {
  public static final String BOARD = "mps2-an386";
  public static final TargetId TARGET = TargetId.of(BOARD);
  public static final Shape INPUT = new Shape(28, 28, 1);
  public static final int CLASSES = 10;

  private static final Instant START = Instant.parse("2026-03-14T09:26:53Z");
  private static final double CLOCK_HZ = 25e6;

  private final SearchSpace space = new ImageSpace(SpaceBounds.smallImages(INPUT, CLASSES));
  private final List<Trial> trials = new ArrayList<>();
  private final long seed;

  private SampleTrials(long seed) {
    this.seed = seed;
  }

  /** This many trials of a search: most evaluated, some rejected, few failed. */
  public static List<Trial> search(int count, long seed) {
    SampleTrials samples = new SampleTrials(seed);
    for (int number = 0; number < count; number++) {
      samples.trials.add(samples.next(number));
    }
    return List.copyOf(samples.trials);
  }

  /** The trial trained on: a little better, and read on the test split. */
  public static Trial trainedOn(Trial trial) {
    Outcome.Evaluated evaluated = (Outcome.Evaluated) trial.outcome();
    double better = 1 - (1 - evaluated.accuracy().int8Validation()) * 0.86;
    Accuracy accuracy =
        Accuracy.onValidation(round(better + 0.002), round(better)).withTest(round(better - 0.006));
    return new Trial(
        trial.key().on(1),
        OptionalInt.empty(),
        trial.architecture(),
        trial.parents(),
        trial.seen(),
        trial.finishedAt(),
        trial.finishedAt().plusSeconds(70),
        evaluated.with(accuracy),
        spent(60_000),
        trial.provenance());
  }

  /** The trial taken to this rung, with the same numbers, as the answer to this ask. */
  public static Trial promoted(Trial trial, int rung, int ask) {
    return new Trial(
        trial.key().on(rung),
        OptionalInt.of(ask),
        trial.architecture(),
        trial.parents(),
        ask,
        trial.finishedAt(),
        trial.finishedAt().plusSeconds(9),
        trial.outcome(),
        spent(8_000),
        trial.provenance());
  }

  /** What a trial made: a model and weights of this many bytes. */
  public static List<Artifact> artifacts(Trial trial, int bytes) {
    StageKey train =
        StageKey.train(
            trial.architecture().canonicalHash(),
            trial.finalVersion() ? "final" : "rung " + trial.rung(),
            "fashion-mnist",
            trial.provenance().seed());
    StageKey quantize = StageKey.quantize(train, "int8 per channel");
    return List.of(
        new Artifact(quantize, Artifact.MODEL, content(seed(quantize), bytes / 4)),
        new Artifact(train, Artifact.WEIGHTS, content(seed(train), bytes)));
  }

  /** Equal keys have equal content, since two trials may have come to the same network. */
  private static long seed(StageKey key) {
    return key.hash().hashCode();
  }

  private static byte[] content(long seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return content;
  }

  private Trial next(int number) {
    Random random = new Random(seed * 1_000 + number);
    List<Integer> parents = parents(number, random);
    Architecture architecture =
        switch (parents.size()) {
          case 0 -> space.random(random);
          case 1 -> space.mutate(trials.get(parents.get(0)).architecture(), random);
          default ->
              space.crossover(
                  trials.get(parents.get(0)).architecture(),
                  trials.get(parents.get(1)).architecture(),
                  random);
        };
    Instant startedAt = START.plusSeconds(7L * number);
    return new Trial(
        TrialKey.first(number),
        OptionalInt.of(number),
        architecture,
        parents,
        Math.max(0, number - 2),
        startedAt,
        startedAt.plusMillis(13_000 + random.nextInt(3_000)),
        outcome(number, architecture.toGraph(INPUT, CLASSES), random),
        spent(9_000 + random.nextInt(4_000)),
        provenance(architecture));
  }

  private static List<Integer> parents(int number, Random random) {
    if (number < 8) {
      return List.of();
    }
    int mother = random.nextInt(number - 2);
    int father = random.nextInt(number - 2);
    return random.nextBoolean() || mother == father ? List.of(mother) : List.of(mother, father);
  }

  private static Outcome outcome(int number, Graph graph, Random random) {
    if (number % 11 == 5) {
      return new Outcome.Rejected(
          BOARD,
          "RAM",
          new Linked(4_718_592 + 1_000 * number, Unit.BYTES),
          new Linked(4_194_304, Unit.BYTES));
    }
    if (number % 17 == 9) {
      return new Outcome.Failed(
          Stage.VERIFY,
          "op 3 DEPTHWISE_CONV_2D: device CRC 5ad0c1f2, reference 9be1c002; <see> docs &"
              + " \"report\"");
    }
    double size =
        Math.log10((double) graph.macs()) * 0.11 + Math.log10((double) graph.params()) * 0.05;
    double int8 = round(Math.min(0.915, size - 0.03 + 0.04 * random.nextGaussian() * 0.4));
    Accuracy accuracy = Accuracy.onValidation(round(int8 + 0.004 * random.nextDouble()), int8);
    return new Outcome.Evaluated(accuracy, Map.of(TARGET, measurement(graph, random)));
  }

  private static double round(double fraction) {
    return Math.round(Math.max(0.1, Math.min(1, fraction)) * 1e4) / 1e4;
  }

  /** A simulated measurement of this network. */
  public static Measurement measurement(Graph graph, Random random) {
    List<OpCost> ops = graph.nodes().stream().map(node -> cost(graph, node)).toList();
    double instructions =
        ops.stream().mapToDouble(op -> op.cost().orElseThrow().value()).sum() + 4_120;
    double model = 2_900 + graph.params() * 1.04;
    Bytes input = Bytes.of(content(1, Math.toIntExact(INPUT.elements())));
    Bytes output = Bytes.of(content(random.nextInt(), CLASSES));
    return new Measurement(
        BOARD,
        "qemu mps2-an386",
        Optional.empty(),
        "default",
        new ClockReport(
            "default",
            OptionalLong.of(25_000_000),
            true,
            "",
            "icount",
            OptionalLong.of(25_000_000)),
        new Tflm(
            "tfmicro 0.1.0 (July 2020)",
            "stock",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        "arm-none-eabi-gcc 12.2.1 -O2 -mcpu=cortex-m4",
        Optional.of(
            new Timing(
                Optional.of(new Simulated(instructions, Unit.INSTRUCTIONS)),
                new Estimated(instructions, Unit.CYCLES, 0.5),
                new Estimated(instructions / CLOCK_HZ, Unit.SECONDS, 0.5))),
        sram(graph),
        flash(Math.rint(model)),
        Optional.empty(),
        Optional.empty(),
        new Counted(graph.macs(), Unit.COUNT),
        new Counted(graph.params(), Unit.COUNT),
        ops,
        new Samples(
            1,
            List.of((long) instructions, (long) instructions),
            "icount",
            OptionalDouble.of(CLOCK_HZ)),
        List.of(new Inference(input, output, Map.of())),
        "ab".repeat(32),
        Optional.empty(),
        "cd".repeat(32),
        "cd".repeat(32),
        Loading.LINKED,
        Optional.empty(),
        Optional.empty(),
        new SpentTime(Duration.ofMillis(310), Duration.ofMillis(120), Duration.ofMillis(90)),
        Optional.empty());
  }

  private static OpCost cost(Graph graph, Node node) {
    long macs = node.op().macs(graph.inputShapes(node));
    long elements = graph.tensors().get(node.output()).shape().elements();
    double perMac = node.op() instanceof Op.DepthwiseConv2d ? 21.5 : 12.8;
    return new OpCost(
        node.id(),
        name(node.op()),
        new Simulated(Math.rint(macs * perMac + elements * 38 + 900), Unit.INSTRUCTIONS),
        elements,
        0x5ad0c1f2L + node.id());
  }

  private static String name(Op op) {
    return op.getClass()
        .getSimpleName()
        .replaceAll("([a-z])([A-Z0-9])", "$1_$2")
        .toUpperCase(Locale.ROOT);
  }

  private static SramParts sram(Graph graph) {
    double arena = graph.peakActivationBytes() + 64.0 * graph.tensors().size() + 3_200;
    return new SramParts(
        new Simulated(arena, Unit.BYTES),
        new Linked(4_000_000, Unit.BYTES),
        new Simulated(1_416, Unit.BYTES),
        new Linked(1_200, Unit.BYTES),
        new Linked(340, Unit.BYTES),
        new Linked(9_216, Unit.BYTES),
        new Simulated(arena + 1_416 + 1_200 + 340, Unit.BYTES));
  }

  private static FlashParts flash(double model) {
    return new FlashParts(
        new Linked(model, Unit.BYTES),
        new Linked(21_344, Unit.BYTES),
        new Linked(32_908, Unit.BYTES),
        new Linked(1_024, Unit.BYTES),
        new Linked(1_200, Unit.BYTES),
        new Linked(model + 21_344 + 32_908 + 1_024 + 1_200, Unit.BYTES));
  }

  private static Map<Stage, Duration> spent(int trainMillis) {
    Map<Stage, Duration> spent = new EnumMap<>(Stage.class);
    spent.put(Stage.TRAIN, Duration.ofMillis(trainMillis));
    spent.put(Stage.QUANTIZE, Duration.ofMillis(38));
    spent.put(Stage.WRITE, Duration.ofMillis(6));
    spent.put(Stage.EVALUATE, Duration.ofMillis(1_240));
    spent.put(Stage.BUILD, Duration.ofMillis(310));
    spent.put(Stage.RUN, Duration.ofMillis(260));
    spent.put(Stage.VERIFY, Duration.ofMillis(45));
    return spent;
  }

  private Provenance provenance(Architecture architecture) {
    return new Provenance(
        "23a7305b240f42e49cab6cc16436fc19fca99f3b",
        Map.of(
            "java", "17.0.15",
            "gcc", "arm-none-eabi-gcc 12.2.1",
            "qemu", "7.2.15",
            "tflite", "2.20.0",
            "tflm", "tfmicro 0.1.0",
            "pytorch", "2.7.1"),
        flags(),
        Map.of("architecture", architecture.canonicalHash(), "data", "0f".repeat(32)),
        Long.parseLong(architecture.canonicalHash().substring(0, 8), 16),
        "bench-host, 2 cores");
  }

  /** Flags of the search that these trials come from. */
  public static Map<String, String> flags() {
    return Map.of(
        "--dataset", "fashion-mnist",
        "--board", BOARD,
        "--strategy", "evolution",
        "--trials", "24",
        "--seed", "1",
        "--constraint", "latency < 600 ms");
  }
}
