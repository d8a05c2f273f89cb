package org.hilbench.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.desk.Desk;
import org.hilbench.lab.AttachedBoard;
import org.hilbench.lab.Probe;

/**
 * How a board that is plugged in gets its user's leave to be written to: by a yes at the terminal
 * or by {@code hilbench boards --adopt}. Without one it is left alone, and that is said.
 */
final class Adopting {
  private final Desk desk;
  private final BoardProfiles boards;
  private final Questions questions;
  private final PrintableStream out;

  Adopting(Desk desk, BoardProfiles boards, Questions questions, PrintableStream out) {
    this.desk = desk;
    this.boards = boards;
    this.questions = questions;
    this.out = out;
  }

  /** Before these boards are measured: asks about each that may be one of them. */
  void beforeUse(List<String> boardIds) throws BenchException {
    for (String id : boardIds) {
      BoardProfile board = boards.find(id);
      for (AttachedBoard found : desk.attached().notAdopted(board)) {
        if (found.probe().isPresent()) {
          askWhether(found, found.probe().get(), board);
        } else {
          out.println(found.device() + " has no serial number to know it by: it is left alone");
        }
      }
    }
  }

  private void askWhether(AttachedBoard found, Probe probe, BoardProfile board)
      throws BenchException {
    Optional<String> said =
        questions.ask(
            describe(found)
                + " is plugged in. Is it a "
                + board.id()
                + " that hilbench may overwrite, now and later? [y/N]");
    if (said.filter(Adopting::yes).isPresent()) {
      adopt(probe, board);
    } else {
      out.println(
          describe(found)
              + " was not adopted and is left alone; to measure on it: "
              + command(probe, board.id()));
    }
  }

  /** {@code boards --adopt}: every probe whose board is known or chosen. */
  void all() throws BenchException {
    List<AttachedBoard> open =
        desk.attached().list().stream().filter(found -> found.adopted().isEmpty()).toList();
    if (open.isEmpty()) {
      out.println("nothing to adopt: no board is plugged in that is not adopted already");
    }
    for (AttachedBoard found : open) {
      if (found.probe().isEmpty()) {
        out.println(found.device() + " has no serial number to know it by: it is left alone");
      } else if (found.candidates().size() == 1) {
        adopt(found.probe().get(), found.candidates().get(0));
      } else {
        choose(found, found.probe().get());
      }
    }
  }

  private void choose(AttachedBoard found, Probe probe) throws BenchException {
    String ids =
        found.candidates().stream().map(BoardProfile::id).collect(Collectors.joining(", "));
    Optional<String> said =
        questions.ask(describe(found) + " may be one of: " + ids + ". Which? [none]");
    Optional<BoardProfile> chosen =
        said.flatMap(
            id -> found.candidates().stream().filter(board -> board.id().equals(id)).findFirst());
    if (chosen.isPresent()) {
      adopt(probe, chosen.get());
    } else {
      out.println(
          describe(found)
              + " may be one of: "
              + ids
              + "; it is left alone. Say which, such as: "
              + command(probe, found.candidates().get(0).id()));
    }
  }

  /**
   * {@code boards --adopt SERIAL=BOARD}.
   *
   * @throws BenchException of kind USAGE if there is no such probe or board
   */
  void stated(String text) throws BenchException {
    String[] pair = text.split("=", 2);
    if (pair.length != 2) {
      throw BenchException.usage(
          Stage.FLASH,
          "--adopt takes SERIAL=BOARD, such as 066AFF=nucleo-l4r5zi, not '" + text + "'");
    }
    BoardProfile board = boards.find(pair[1]);
    List<Probe> probes = desk.attached().probes();
    Probe probe =
        probes.stream()
            .filter(one -> one.serial().equals(pair[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    BenchException.usage(
                        Stage.FLASH,
                        "no probe with serial "
                            + pair[0]
                            + " is plugged in; attached: "
                            + (probes.isEmpty() ? "none" : probes)));
    adopt(probe, board);
  }

  private void adopt(Probe probe, BoardProfile board) throws BenchException {
    desk.file().change(lab -> lab.adopting(probe, board));
    out.println("adopted " + probe + " as " + board.id() + " in " + desk.file().path());
  }

  private static boolean yes(String answer) {
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }

  private static String describe(AttachedBoard found) {
    return found.device() + found.port().map(port -> " at " + port).orElse("");
  }

  private static String command(Probe probe, String board) {
    return "hilbench boards --adopt " + probe.serial() + "=" + board;
  }
}
