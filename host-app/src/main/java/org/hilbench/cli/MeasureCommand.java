package org.hilbench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfiles;
import org.hilbench.desk.Desk;
import org.hilbench.desk.EarlyStart;
import org.hilbench.desk.Home;
import org.hilbench.desk.ModelMeasurement;
import org.hilbench.desk.ModelMeasurement.Answer;
import org.hilbench.exec.CommandRunner;
import org.hilbench.experiment.SearchSettings;
import org.hilbench.experiment.TflmSetting;
import org.hilbench.lab.MeterEntry;
import org.hilbench.report.Json;
import org.hilbench.report.MeasurementJson;
import org.hilbench.report.MeasurementText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hilbench measure}. */
@Command(
    name = MeasureCommand.NAME,
    description = "Builds any int8 .tflite into firmware, runs it, and prints its numbers.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MeasureCommand implements Callable<Integer> {
  static final String NAME = "measure";

  @Parameters(paramLabel = "MODEL.tflite", description = "The model.")
  private @Nullable Path model;

  @Option(names = "--board", paramLabel = "ID", description = "Board (default: ${DEFAULT-VALUE}).")
  private String board = "mps2-an386";

  @Option(
      names = "--on",
      paramLabel = "WHERE",
      description =
          "What to run it on: auto (an adopted board that is plugged in, else a simulator), qemu,"
              + " renode, or serial:PORT of an adopted board, or of one that runs the image already"
              + " (default: ${DEFAULT-VALUE}).")
  private String on = "auto";

  @Mixin private final FirmwareOptions firmware = new FirmwareOptions();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Raw int8 input tensor (default: a fixed pattern).")
  private @Nullable Path input;

  @Option(
      names = "--upload",
      description =
          "Send the model over the serial line to resident firmware, which is flashed only where"
              + " the board does not run it yet. Its flash is still read from a link.")
  private boolean upload;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Timed inferences (default: ${DEFAULT-VALUE}).")
  private int runs = 3;

  @Option(
      names = "--meter",
      paramLabel = "KIND:PORT",
      description =
          "Energy meter that watches the board: ppk2, lpm01a or ina and its serial port, or otii"
              + " and its server's HOST:PORT (default: what lab.yaml wires to the board; energy is"
              + " estimated without one).")
  private @Nullable String meter;

  @Option(
      names = "--keep-samples",
      paramLabel = "FILE",
      description = "Keep every sample of the meter in this file (docs/energy-meters.md).")
  private @Nullable Path samples;

  @Option(names = "--profile", description = "Print the cost of each operator.")
  private boolean profile;

  @Mixin private final TalkOptions talk = new TalkOptions();

  @Override
  public Integer call() throws BenchException {
    String kernels = orElse(firmware.kernels(), SearchSettings.DEFAULT_KERNELS);
    Home home = Home.locate();
    EarlyStart early = EarlyStart.of(home, board);
    ModelMeasurement wanted =
        new ModelMeasurement(
            Objects.requireNonNull(model),
            Optional.ofNullable(input),
            ModelMeasurement.Order.of(board, on, kernels, upload, runs),
            TflmSetting.runtime(kernels, orElse(firmware.tflm(), TflmSetting.NONE)),
            meterEntry(),
            Optional.ofNullable(samples));
    CommandRunner runner = early.runner();
    ModelMeasurement.TakenIn taken = wanted.takenIn(home, runner);
    BoardProfiles boards = early.boards();
    if (on.equals(Desk.ON_AUTO)) {
      Desk desk = Desk.read(home, boards);
      new Adopting(desk, boards, talk.questions(), PrintableStream.err()).beforeUse(List.of(board));
    }
    return show(taken.measured(home, boards, runner, StepLines.onStandardError()));
  }

  private Optional<MeterEntry> meterEntry() throws BenchException {
    try {
      return meter == null ? Optional.empty() : Optional.of(MeterEntry.parse(meter));
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.RUN, "--meter: " + e.getMessage());
    }
  }

  private int show(Answer answer) {
    if (answer instanceof Answer.DoesNotFit tooBig) {
      PrintableStream.err().println("hilbench: " + model + " does not fit: " + tooBig.reason());
      return ExitCode.NO_RESULT;
    }
    Answer.Measured measured = (Answer.Measured) answer;
    if (talk.json()) {
      PrintableStream.out().document(Json.text(MeasurementJson.of(measured)));
    } else {
      MeasurementText.lines(measured).forEach(PrintableStream.out()::println);
      if (profile) {
        MeasurementText.profile(measured.measurement()).forEach(PrintableStream.out()::println);
      }
    }
    return measured.equalsReference() ? ExitCode.OK : ExitCode.NO_RESULT;
  }

  private static String orElse(@Nullable String given, String usual) {
    return given == null ? usual : given;
  }
}
