package org.hilbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.desk.Desk;
import org.hilbench.desk.Home;
import org.hilbench.doctor.Check;
import org.hilbench.doctor.DeskDoctor;
import org.hilbench.doctor.Doctor;
import org.hilbench.exec.ExecRunner;
import org.hilbench.lab.AttachedBoards;
import org.hilbench.report.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hilbench doctor}. */
@Command(
    name = "doctor",
    description = "Says what works on this machine and the command that mends what does not.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws BenchException {
    Home home = Home.locate();
    Doctor doctor =
        new Doctor(new ExecRunner(), home.cache(), home.runtimeSources(), System.getenv());
    List<Check> checks = new ArrayList<>(doctor.examine());
    BoardProfiles boards = home.boards();
    AttachedBoards attached = Desk.read(home, boards).attached();
    checks.addAll(
        new DeskDoctor(new ExecRunner(), boards, attached, DeskDoctor.udevRules()).examine());
    if (json) {
      PrintableStream.out().document(Json.text(checks));
    } else {
      checks.forEach(check -> print(PrintableStream.out(), check));
    }
    boolean broken = checks.stream().anyMatch(check -> check.state() == Check.State.BROKEN);
    return broken ? ExitCode.ENVIRONMENT : ExitCode.OK;
  }

  private static void print(PrintableStream out, Check check) {
    String mark =
        switch (check.state()) {
          case OK -> "ok     ";
          case WARNING -> "warning";
          case BROKEN -> "BROKEN ";
        };
    out.printf(Locale.ROOT, "%s  %-28s %s%n", mark, check.name(), check.found());
    if (!check.remedy().isEmpty()) {
      out.printf(Locale.ROOT, "         %-28s mend it: %s%n", "", check.remedy());
    }
  }
}
