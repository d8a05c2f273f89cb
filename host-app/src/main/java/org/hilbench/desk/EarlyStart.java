package org.hilbench.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfiles;
import org.hilbench.device.Qemu;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.ForeseenAnswers;
import org.hilbench.firmware.FirmwareBuilder;

/**
 * What measuring on a board needs of this machine whatever the model is, looked up on a thread of
 * its own while the model is read and checked. Nothing here is refused: who asks for what is
 * missing is told then.
 *
 * <p>The program begins one when it starts; a process that measures again finds all that loaded.
 */
public final class EarlyStart {
  private static final AtomicReference<EarlyStart> BEGUN = new AtomicReference<>();

  private final FutureTask<BoardProfiles> boards;
  private final ForeseenAnswers runner = new ForeseenAnswers(new ExecRunner());

  private EarlyStart(Home home) {
    boards = new FutureTask<>(home::boards);
  }

  /** Begins to look, before anything is known of what is wanted. */
  public static void begin() {
    try {
      EarlyStart start = new EarlyStart(Home.locate());
      ahead(start.boards);
      ahead(() -> start.runner.foresee(questions()));
      BEGUN.set(start);
    } catch (BenchException e) {
      // no checkout: said where it is asked for
    }
  }

  /** The one that was begun, else one that looks when it is asked. */
  public static EarlyStart of(Home home, String board) {
    EarlyStart begun = BEGUN.getAndSet(null);
    if (begun == null) {
      return new EarlyStart(home);
    }
    ahead(() -> begun.look(board));
    return begun;
  }

  private static void ahead(Runnable work) {
    Thread thread = new Thread(work, "early-start");
    thread.setDaemon(true);
    thread.start();
  }

  private static List<Command> questions() {
    List<Command> asked = new ArrayList<>(List.of(Qemu.question()));
    asked.addAll(FirmwareBuilder.questions());
    return asked;
  }

  private void look(String board) {
    try {
      runner.foresee(List.of(FirmwareBuilder.question(boards().find(board).core())));
    } catch (BenchException e) {
      // an unknown board, or profiles that cannot be read: said where they are asked for
    }
  }

  /** Starts programs; has the answers of those that were started early. */
  public CommandRunner runner() {
    return runner;
  }

  /** All profiles; see {@link Home#boards}. */
  public BoardProfiles boards() throws BenchException {
    boards.run(); // here, if nobody has begun it
    try {
      return boards.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BenchException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException(
          Stage.RUN, BenchException.Kind.PASSING, "interrupted while the boards were read", e);
    }
  }
}
