package org.hilbench.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.desk.Desk;
import org.hilbench.desk.Home;
import org.hilbench.exec.ExecRunner;
import org.hilbench.experiment.SearchSettings;
import org.hilbench.report.Json;
import org.hilbench.selftest.Finding;
import org.hilbench.selftest.TriedBoard;
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
  private String on = Desk.ON_AUTO;

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
    if (on.equals(Desk.ON_AUTO)) {
      new Adopting(Desk.read(home, boards), boards, talk.questions(), PrintableStream.err())
          .beforeUse(List.of(board));
    }
    StepLines compiles = StepLines.onStandardError();
    TriedBoard tried = TriedBoard.of(home, boards, new ExecRunner(), board, on, kernels, compiles);
    if (talk.json()) {
      PrintableStream.out().document(Json.text(tried));
    } else {
      show(tried);
    }
    return tried.failed() ? ExitCode.NO_RESULT : ExitCode.OK;
  }

  private static void show(TriedBoard tried) {
    String standIn = tried.standIn().map(machine -> " in its place").orElse("");
    PrintableStream.out().println(tried.board() + " on " + tried.ranOn() + standIn);
    for (Finding finding : tried.findings()) {
      PrintableStream.out()
          .printf(
              Locale.ROOT, "%-8s %-26s %s%n", finding.result(), finding.what(), finding.found());
    }
  }
}
