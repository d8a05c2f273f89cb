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
import org.hilbench.measure.MeasurementJob;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.trial.MeasureStage;
import org.hilbench.verify.GuardedReference;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.verify.ReferenceRunner;
import org.hilbench.worker.GuardedWorker;

/**
 * One model of a user's, taken in and measured.
 *
 * @param model the file
 * @param input file of the tensor that it is run on; absent for a fixed pattern
 * @param order on what, and how often
 * @param tflm a runtime of the user's own, absent for the default one
 * @param meter that is named; absent for what the lab wires to the board
 * @param samples file that keeps the meter's samples
 */
public record ModelMeasurement(
    Path model,
    Optional<Path> input,
    MeasureStage.Order order,
    Optional<UserTflm> tflm,
    Optional<MeterEntry> meter,
    Optional<Path> samples) {

  /** A model that may be built: it was read, checked, and run by TensorFlow Lite. */
  public final class TakenIn {
    private final byte[] file;
    private final ReferenceAnswers reference;

    private TakenIn(byte[] file, ReferenceAnswers reference) {
      this.file = file;
      this.reference = reference;
    }

    public ReferenceAnswers reference() {
      return reference;
    }

    /**
     * Builds it and runs it.
     *
     * @param compiles hears of what is compiled once
     */
    public MeasureStage.Answer measured(
        Home home, BoardProfiles boards, CommandRunner runner, CompileWatcher compiles)
        throws BenchException {
      Optional<String> port = Optional.of(order.on()).filter(on -> on.startsWith(Place.ON_SERIAL));
      Benches.Setup setup =
          new Benches.Setup(
              List.of(order.board()), tflm, compiles, Map.of(), port, meter, samples);
      MeasureStage.Order travels = port.isEmpty() ? order : order.on(MeasurementJob.ON_BOARD);
      try (Benches benches = new Benches(home, boards, runner, setup)) {
        return benches.stage().measure(file, reference, travels);
      }
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
