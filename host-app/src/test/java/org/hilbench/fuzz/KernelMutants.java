package org.hilbench.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.hilbench.BenchException;
import org.hilbench.measure.Inference;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.OpCost;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.Width;
import org.hilbench.trial.MeasureStage;
import org.hilbench.verify.ReferenceAnswers;

/**
 * Kernels broken on purpose, one at a time, on the simulated Cortex-M4: no image whose bytes
 * changed may be believed by the decision that {@code measure} and trials take. First the table,
 * then random changes. With the whole table, each operator of each width has to have been seen
 * broken.
 */
public final class KernelMutants implements Campaign {
  private static final String KILLED = "killed";
  private static final String BELIEVED = "BELIEVED";

  private final CampaignResult.Tally tally = new CampaignResult.Tally();

  /** Operator and width that a mutant was first seen in, and not believed. */
  private final Set<String> killed = new TreeSet<>();

  @Override
  public CampaignResult run(long count, long seed, Log log) throws Exception {
    List<KernelMutant> table = KernelMutant.table();
    try (MutantWorkshop workshop = new MutantWorkshop()) {
      Bed bed = new Bed(workshop, seed);
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < count; i++) {
        KernelMutant mutant =
            i < table.size() ? table.get(i) : RandomMutant.of(workshop.kernels(), random);
        log.line(i + " " + mutant + ": " + judged(mutant, bed));
      }
      if (count >= table.size()) {
        requireEachOperator(bed);
      }
    }
    return tally.result();
  }

  /** Runs some of the table, by the words that say what is wrong. */
  CampaignResult slice(List<KernelMutant> some, long seed, Log log) throws Exception {
    try (MutantWorkshop workshop = new MutantWorkshop()) {
      Bed bed = new Bed(workshop, seed);
      for (KernelMutant mutant : some) {
        log.line(mutant + ": " + judged(mutant, bed));
      }
    }
    return tally.result();
  }

  private String judged(KernelMutant mutant, Bed bed) throws IOException {
    List<String> words = new ArrayList<>();
    for (Width width : new TreeSet<>(mutant.widths())) {
      String ending = bed.ending(mutant, width);
      words.add(width.code() + " " + ending);
      if (ending.startsWith(BELIEVED)) {
        tally.failed(mutant + ", width " + width.code() + ": bytes changed and are believed");
      } else {
        tally.good(ending.startsWith(KILLED) ? KILLED : ending.replaceAll(":.*", ""));
      }
      if (ending.startsWith(KILLED)) {
        killed.add(ending.substring(KILLED.length() + 1));
      }
    }
    return String.join("; ", words);
  }

  private void requireEachOperator(Bed bed) throws BenchException {
    for (String operator : bed.operators()) {
      if (!killed.contains(operator)) {
        tally.failed("no mutant of " + operator + " was killed");
      }
    }
  }

  /** The models, their reference, and what sound kernels answer. */
  private static final class Bed {
    private final MutantWorkshop workshop;
    private final Map<Width, MutantModels> models = new EnumMap<>(Width.class);
    private final Map<Width, ReferenceAnswers> references = new EnumMap<>(Width.class);
    private final Map<Width, Measurement> sound = new EnumMap<>(Width.class);

    Bed(MutantWorkshop workshop, long seed) throws BenchException {
      this.workshop = workshop;
      for (Width width : Width.values()) {
        MutantModels one = MutantModels.of(width, seed);
        ReferenceAnswers reference = one.reference();
        MeasureStage.Answer.Measured measured = workshop.measure(one, reference);
        if (!measured.agreement().equal()) {
          throw new IllegalStateException(
              "sound kernels, width " + width.code() + ": " + measured.agreement().text());
        }
        models.put(width, one);
        references.put(width, reference);
        sound.put(width, measured.measurement());
      }
    }

    String ending(KernelMutant mutant, Width width) throws IOException {
      try {
        MeasureStage.Answer.Measured measured =
            workshop.measure(mutant, models.get(width), references.get(width));
        Optional<String> where = firstChange(width, measured.measurement());
        if (where.isEmpty()) {
          return measured.agreement().equal() ? "equivalent" : "refused without a change";
        }
        return (measured.agreement().equal() ? BELIEVED : KILLED) + " " + where.get();
      } catch (BenchException e) {
        return "no answer: " + e.getMessage().lines().findFirst().orElse("");
      }
    }

    /** Operator and width whose output changed first, found without the check. */
    private Optional<String> firstChange(Width width, Measurement broken) {
      List<OpCost> before = sound.get(width).ops();
      for (int i = 0; i < before.size(); i++) {
        if (i >= broken.ops().size()
            || before.get(i).outputCrc() != broken.ops().get(i).outputCrc()) {
          return Optional.of(name(models.get(width).model(), i));
        }
      }
      List<Inference> outputs = sound.get(width).outputs();
      boolean same =
          outputs.stream()
              .map(Inference::output)
              .toList()
              .equals(broken.outputs().stream().map(Inference::output).toList());
      return same ? Optional.empty() : Optional.of("output");
    }

    /** Each operator with its width that any of the models has. */
    Set<String> operators() {
      Set<String> all = new TreeSet<>();
      models
          .values()
          .forEach(
              one -> {
                for (int i = 0; i < one.model().operators().size(); i++) {
                  all.add(name(one.model(), i));
                }
              });
      return all;
    }

    private static String name(TfliteModel model, int index) {
      TfliteOperator operator = model.operators().get(index);
      return operator.name() + ":" + Width.of(model, operator).code();
    }
  }
}
