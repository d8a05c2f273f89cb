package org.hilbench.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.desk.Intake;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.fuzz.Campaign;
import org.hilbench.fuzz.CampaignResult;
import org.hilbench.testkit.SharedData;
import org.hilbench.verify.GuardedReference;
import org.hilbench.worker.GuardedWorker;

/**
 * Mutants of models are taken in as {@code measure} takes them: each is answered or refused in one
 * line, and nothing else happens. Of the answered ones a few are measured, on the simulated board.
 */
public final class HostileMutants implements Campaign {
  /** One of so many mutants that are answered is measured. */
  private final int measured;

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  public HostileMutants() {
    this(200);
  }

  HostileMutants(int measured) {
    this.measured = measured;
  }

  @Override
  public CampaignResult run(long count, long seed, Log log) throws Exception {
    CampaignResult.Tally tally = new CampaignResult.Tally();
    List<byte[]> seeds = SeedModels.all();
    FirmwareBuilder builder =
        new FirmwareBuilder(new ExecRunner(), Workshop.templates(), Workshop.cache());
    try (GuardedWorker worker = new GuardedWorker(new ExecRunner())) {
      GuardedReference reference = new GuardedReference(worker);
      for (long number = 0; number < count; number++) {
        Random random = new Random(seed * 1_000_003 + number);
        byte[] mutant =
            new ModelMutator(random.nextLong()).mutant(seeds.get(random.nextInt(seeds.size())));
        // A third meets no kernels: then native code sees whatever the checks of the file let by.
        List<KernelSet> sets = List.of(KernelSet.HILBENCH, KernelSet.REFERENCE);
        int choice = random.nextInt(3);
        Intake intake =
            new Intake(
                model -> {
                  if (choice < 2) {
                    builder.requireOperators(model, sets.get(choice));
                  }
                },
                reference);
        String what = "mutant " + number + " of seed " + seed;
        String ending = taken(intake, mutant, what, tally);
        if (ending.equals("answered") && choice < 2 && random.nextInt(measured) == 0) {
          measure(mutant, sets.get(choice).name(), what, tally);
        }
        if (number % 1000 == 999) {
          log.line((number + 1) + " mutants");
        }
      }
    }
    return tally.result();
  }

  private static String taken(
      Intake intake, byte[] mutant, String what, CampaignResult.Tally tally) {
    String ending;
    try {
      intake.take("m", mutant, Intake::pattern);
      ending = "answered";
    } catch (BenchException e) {
      String said = e.getMessage();
      if (e.kind() != Kind.USAGE || said.length() > 4000 || said.contains("took longer")) {
        tally.failed(what + ": " + e.kind() + ": " + said);
        return "failed";
      }
      ending = ending(said);
    } catch (RuntimeException | Error e) {
      tally.failed(what + ": " + e + " at " + List.of(e.getStackTrace()).subList(0, 3));
      return "failed";
    }
    tally.good(ending);
    return ending;
  }

  private static String ending(String said) {
    for (String part :
        List.of(
            "crashed",
            "damaged or cut short",
            "not a .tflite",
            "cannot run this model",
            "cannot be run on the host",
            "cannot be run")) {
      if (said.contains(part)) {
        return "refused: " + part;
      }
    }
    return "refused otherwise";
  }

  private void measure(byte[] mutant, String kernels, String what, CampaignResult.Tally tally)
      throws Exception {
    Path file = Files.createTempFile("mutant", ".tflite");
    PrintStream usual = System.err;
    PrintStream out = System.out;
    errors.reset();
    int code;
    try (PrintStream caught = new PrintStream(errors, true, StandardCharsets.UTF_8)) {
      Files.write(file, mutant);
      System.setProperty("hilbench.home", SharedData.repository().toString());
      System.setErr(caught);
      System.setOut(new PrintStream(new ByteArrayOutputStream()));
      code = Main.run("measure", file.toString(), "--kernels", kernels, "--runs", "1");
    } finally {
      System.setErr(usual);
      System.setOut(out);
      System.clearProperty("hilbench.home");
      Files.delete(file);
    }
    String said = errors.toString(StandardCharsets.UTF_8);
    // What the runtime would refuse is named before the build.
    boolean late = said.contains("could not prepare");
    if (code > 2 || late || said.contains("\tat ") || said.contains("internal error")) {
      tally.failed(what + ": measure ended with " + code + ": " + said.strip());
    } else {
      tally.good("measured, exit " + code);
    }
  }
}
