package org.hilbench.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.firmware.HostEngine;
import org.hilbench.firmware.KernelSet;
import org.hilbench.fuzz.Campaign;
import org.hilbench.fuzz.CampaignResult;
import org.hilbench.tflite.TfliteModel;

/**
 * Random models of few operators, with the kernel sets {@code hilbench} and {@code reference}: each
 * operator's bytes are those of TensorFlow Lite's reference, or the model is refused before a
 * build.
 */
public final class OperatorModels implements Campaign {
  private static final List<KernelSet> SETS = List.of(KernelSet.HILBENCH, KernelSet.REFERENCE);
  private static final int PROGRESS = 500;

  private final Engines engines;

  /** Where the runtime and the kernels run. */
  @FunctionalInterface
  private interface Engines {
    Engine of(KernelSet kernels) throws Exception;
  }

  private OperatorModels(Engines engines) {
    this.engines = engines;
  }

  /** Compiled for this machine. */
  public static OperatorModels here() {
    return new OperatorModels(kernels -> new EnginePipe(HostEngine.build(kernels)));
  }

  /** Uploaded to the whole firmware on a simulated Cortex-M4. */
  public static OperatorModels onSimulatedM4() {
    return new OperatorModels(SimulatedEngine::new);
  }

  @Override
  public CampaignResult run(long count, long seed, Log log) throws Exception {
    CampaignResult.Tally tally = new CampaignResult.Tally();
    SplittableRandom seeds = new SplittableRandom(seed);
    try (Engine hilbench = engines.of(KernelSet.HILBENCH);
        Engine reference = engines.of(KernelSet.REFERENCE)) {
      for (long i = 0; i < count; i++) {
        judge(seeds.nextLong(), List.of(hilbench, reference), tally);
        if (i % PROGRESS == PROGRESS - 1) {
          log.line(i + 1 + " models: " + tally.result().failures().size() + " failed");
        }
      }
    }
    return tally.result();
  }

  private static void judge(long seed, List<Engine> engines, CampaignResult.Tally tally)
      throws Exception {
    RandomModels.Made made = RandomModels.of(seed);
    Optional<TfliteModel> model = read(made.file(), tally);
    if (model.isEmpty()) {
      return;
    }
    // As the program does it: TensorFlow Lite sees no model that no kernels run.
    List<Integer> accepting = accepting(model.get(), tally);
    Optional<Answers> answers =
        accepting.isEmpty() ? Optional.empty() : answers(model.get(), new Chance(seed), tally);
    for (int set : answers.isEmpty() ? List.<Integer>of() : accepting) {
      String kernels = SETS.get(set).name();
      byte[] linked = HostEngine.linked(model.get(), SETS.get(set));
      Optional<String> fault = engines.get(set).fault(answers.get(), linked);
      if (fault.isPresent()) {
        tally.failed(
            "model " + seed + " (" + made.story() + ") with " + kernels + ": " + fault.get());
      } else {
        tally.good(kernels + ": equal");
      }
    }
  }

  private static Optional<TfliteModel> read(byte[] file, CampaignResult.Tally tally) {
    try {
      return Optional.of(TfliteModel.parse(file));
    } catch (BenchException e) {
      tally.good("not read: " + kind(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static List<Integer> accepting(TfliteModel model, CampaignResult.Tally tally)
      throws BenchException {
    List<Integer> accepting = new ArrayList<>();
    for (int set = 0; set < SETS.size(); set++) {
      Optional<String> refusal = HostEngine.refusal(model, SETS.get(set));
      if (refusal.isEmpty()) {
        accepting.add(set);
      } else {
        tally.good(SETS.get(set).name() + " refused: " + kind(refusal.get()));
      }
    }
    return accepting;
  }

  private static Optional<Answers> answers(
      TfliteModel model, Chance chance, CampaignResult.Tally tally) {
    try {
      return Optional.of(Answers.of(model, chance));
    } catch (BenchException e) {
      tally.good("not run by TensorFlow Lite: " + kind(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /** A refusal without numbers and names, so that equal ones count together. */
  private static String kind(String refusal) {
    return refusal
        .replaceFirst(".*cannot (run this model|be run on the host|be run): ", "")
        .replaceAll("(operator|tensor|axis) -?\\d+|\\[[^]]*]|'[^']*'", "$1 #")
        .replaceAll(";.*", "");
  }
}
