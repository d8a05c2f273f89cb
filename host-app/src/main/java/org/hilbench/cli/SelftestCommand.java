package org.hilbench.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.bench.GivenPorts;
import org.hilbench.bench.LabMeters;
import org.hilbench.bench.ImageBuilder;
import org.hilbench.bench.Place;
import org.hilbench.bench.SimulatedPlaces;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.desk.Desk;
import org.hilbench.desk.Home;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.experiment.SearchSettings;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.KernelSet;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.report.Json;
import org.hilbench.selftest.Finding;
import org.hilbench.selftest.SelfTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hilbench selftest}. */
@Command(
    name = "selftest",
    description = "Tries a board from the build to a fault on purpose: a table for a bug report.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SelftestCommand implements Callable<Integer> {
  @Option(names = "--board", required = true, paramLabel = "ID", description = "Board to try.")
  private String board = "";

  @Option(
      names = "--on",
      paramLabel = "WHERE",
      description =
          "auto (an adopted board that is plugged in, else a simulator), qemu, renode, or"
              + " serial:PORT (default: ${DEFAULT-VALUE}).")
  private String on = MeasurementJob.ON_AUTO;

  @Option(
      names = "--kernels",
      paramLabel = "K",
      description = "Kernel set of the firmware (default: ${DEFAULT-VALUE}).")
  private String kernels = SearchSettings.DEFAULTS.kernels();

  @Mixin private final TalkOptions talk = new TalkOptions();

  @Override
  public Integer call() throws BenchException {
    Home home = Home.locate();
    BoardProfiles boards = home.boards();
    BoardProfile profile = boards.find(board);
    CommandRunner runner = new ExecRunner();
    if (on.equals(MeasurementJob.ON_AUTO)) {
      new Adopting(Desk.read(home, boards), boards, talk.questions(), PrintableStream.err())
          .beforeUse(List.of(board));
    }
    FirmwareBuilder builder =
        new FirmwareBuilder(
            runner,
            home.firmwareTemplates(),
            home.cache(),
            Optional.empty(),
            StepLines.onStandardError());
    Desk desk = Desk.read(home, boards);
    Place place =
        desk.places(home, runner, new GivenPorts(new SimulatedPlaces(boards, runner)))
            .find(profile, on);
    LabMeters meters = new LabMeters(desk.lab(), Optional.empty());
    List<Finding> findings = SelfTest.of(profile, place, ImageBuilder.of(builder), kernels(), meters);
    show(place, findings);
    boolean failed = findings.stream().anyMatch(one -> one.result() == Finding.Result.FAIL);
    return failed ? ExitCode.NO_RESULT : ExitCode.OK;
  }

  private KernelSet kernels() throws BenchException {
    try {
      return KernelSet.parse(kernels);
    } catch (IllegalArgumentException e) {
      throw BenchException.usage(Stage.BUILD, "--kernels: " + e.getMessage(), e);
    }
  }

  private void show(Place place, List<Finding> findings) {
    if (talk.json()) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("board", board);
      view.put("ranOn", place.name());
      view.put("standIn", place.standIn().orElse(null));
      view.put("findings", findings);
      PrintableStream.out().document(Json.text(view));
      return;
    }
    PrintableStream.out()
        .printf(
            Locale.ROOT,
            "%s on %s%s%n",
            board,
            place.name(),
            place.standIn().map(machine -> " in its place").orElse(""));
    for (Finding finding : findings) {
      PrintableStream.out()
          .printf(
              Locale.ROOT, "%-8s %-26s %s%n", finding.result(), finding.what(), finding.found());
    }
  }
}
