package org.hilbench.cli;

import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.desk.BoardRows;
import org.hilbench.desk.Desk;
import org.hilbench.desk.Home;
import org.hilbench.exec.ExecRunner;
import org.hilbench.report.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hilbench boards}. */
@Command(
    name = "boards",
    description = "Lists what is plugged in, the known boards, and what each is measured on.",
    mixinStandardHelpOptions = true)
final class BoardsCommand implements Callable<Integer> {
  private static final String EVERY = "";

  @Option(
      names = "--adopt",
      paramLabel = "SERIAL=BOARD",
      arity = "0..1",
      fallbackValue = EVERY,
      description =
          "Let hilbench write to a board that is plugged in: binds its probe's serial number to a"
              + " profile in lab.yaml. Without SERIAL=BOARD: every board that is known or that you"
              + " name when asked.")
  private @Nullable String adopt;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws BenchException {
    Home home = Home.locate();
    BoardProfiles boards = home.boards();
    if (adopt != null) {
      Adopting adopting =
          new Adopting(
              Desk.read(home, boards), boards, Questions.atTerminal(false), PrintableStream.err());
      if (adopt.equals(EVERY)) {
        adopting.all();
      } else {
        adopting.stated(adopt);
      }
    }
    BoardRows rows =
        BoardRows.of(home, boards, Desk.read(home, boards), new ExecRunner(), System.getenv());
    if (json) {
      PrintableStream.out().document(Json.text(rows));
    } else {
      rows.lines().forEach(PrintableStream.out()::println);
    }
    return ExitCode.OK;
  }
}
