package org.hilbench.desk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.InputFile;
import org.hilbench.Stage;
import org.hilbench.bench.Place;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.CommandRunner;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.UserTflm;
import org.hilbench.lab.MeterEntry;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.Loading;
import org.hilbench.measure.Measurement;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.trial.MeasureStage;
import org.hilbench.verify.Agreement;
import org.hilbench.verify.GuardedReference;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.verify.ReferenceRunner;
import org.hilbench.worker.GuardedWorker;

/**
 * One model of a user's, taken in and measured.
 *
 * @param model the file
 * @param input file of the tensor that it is run on; absent for a fixed pattern
 * @param order on what, in which firmware, and how often
 * @param tflm a runtime of the user's own, absent for the default one
 * @param meter that is named; absent for what the lab wires to the board
 * @param samples file that keeps the meter's samples
 */
public record ModelMeasurement(
    Path model,
    Optional<Path> input,
    Order order,
    Optional<UserTflm> tflm,
    Optional<MeterEntry> meter,
    Optional<Path> samples) {

  /**
   * How a model is measured.
   *
   * @param on {@link Desk#ON_AUTO}, {@code qemu}, {@code renode} or {@code serial:PORT}
   * @param kernels set of kernels, by name
   * @param upload whether it goes to resident firmware in place of an image of its own
   * @param runs timed inferences
   */
  public record Order(String board, String on, String kernels, boolean upload, int runs) {
    /** (USAGE) where it is run too often or not at all. */
    public static Order of(String board, String on, String kernels, boolean upload, int runs)
        throws BenchException {
      if (runs < 1 || runs > MeasurementJob.MOST_RUNS) {
        throw BenchException.usage(
            Stage.RUN, "--runs " + runs + " is not within 1.." + MeasurementJob.MOST_RUNS);
      }
      return new Order(board, on, kernels, upload, runs);
    }

    private MeasureStage.Order on(String place) {
      Loading loading = upload ? Loading.UPLOADED : Loading.LINKED;
      return new MeasureStage.Order(
          board, place, Optional.empty(), kernels, 1, runs, loading, false);
    }
  }

  /** What came of it. */
  public sealed interface Answer {
    /**
     * It ran.
     *
     * @param agreement whether every operator did what the reference's did
     * @param sameOutput whether the first output is the reference's
     */
    record Measured(Measurement measurement, Agreement agreement, boolean sameOutput)
        implements Answer {

      /** Whether its numbers may be believed. */
      public boolean equalsReference() {
        return agreement.equal();
      }
    }

    /** It does not fit the board. */
    record DoesNotFit(String reason) implements Answer {}
  }

  /** A model that may be built: it was read, checked, and run by TensorFlow Lite. */
  public final class TakenIn {
    private final byte[] file;
    private final ReferenceAnswers reference;

    private TakenIn(byte[] file, ReferenceAnswers reference) {
      this.file = file;
      this.reference = reference;
    }

    /**
     * Builds it and runs it.
     *
     * @param compiles hears of what is compiled once
     */
    public Answer measured(
        Home home, BoardProfiles boards, CommandRunner runner, CompileWatcher compiles)
        throws BenchException {
      Optional<String> port = Optional.of(order.on()).filter(on -> on.startsWith(Place.ON_SERIAL));
      Benches.Setup setup =
          new Benches.Setup(List.of(order.board()), tflm, compiles, Map.of(), port, meter, samples);
      String travels = port.isEmpty() ? order.on() : MeasurementJob.ON_BOARD;
      try (Benches benches = new Benches(home, boards, runner, setup)) {
        MeasureStage.Answer answer = benches.stage().measure(file, reference, order.on(travels));
        return answer instanceof MeasureStage.Answer.DoesNotFit tooBig
            ? new Answer.DoesNotFit(tooBig.why().reason())
            : measured((MeasureStage.Answer.Measured) answer);
      }
    }

    private Answer.Measured measured(MeasureStage.Answer.Measured answer) {
      Bytes output = answer.measurement().outputs().get(0).output();
      boolean same = output.equals(reference.answers().get(0).output());
      return new Answer.Measured(answer.measurement(), answer.agreement(), same);
    }
  }

  /**
   * Reads the model and has TensorFlow Lite run it.
   *
   * @throws BenchException (USAGE) in one line, whatever is in the file
   */
  public TakenIn takenIn(Home home, CommandRunner runner) throws BenchException {
    byte[] file = InputFile.model(model).bytes();
    FirmwareBuilder builder =
        new FirmwareBuilder(
            runner, home.firmwareTemplates(), home.cache(), tflm, CompileWatcher.NOBODY);
    KernelSet set = KernelSet.parse(order.kernels());
    try (GuardedWorker worker = new GuardedWorker(runner)) {
      ReferenceRunner reference =
          set.ofSomebodyElse()
              ? new GuardedReference(worker, true)
              : AnswersKept.of(home.cache(), new GuardedReference(worker));
      Intake intake = new Intake(one -> builder.requireOperators(one, set), reference);
      return new TakenIn(file, intake.take(model.toString(), file, this::input));
    }
  }

  private Bytes input(TfliteModel taken) throws BenchException {
    if (input.isEmpty()) {
      return Intake.pattern(taken);
    }
    byte[] bytes = InputFile.tensor(input.get()).bytes();
    if (bytes.length != taken.inputTensor().bytes()) {
      throw BenchException.usage(
          Stage.RUN,
          input.get()
              + " has "
              + bytes.length
              + " bytes; the model's input takes "
              + taken.inputTensor().bytes());
    }
    return Bytes.of(bytes);
  }
}
