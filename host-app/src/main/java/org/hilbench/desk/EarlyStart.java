package org.hilbench.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * <p>Only the first measurement of a process is begun so; a later one finds all that loaded.
 */
public final class EarlyStart {
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private final FutureTask<BoardProfiles> boards;
  private final ForeseenAnswers runner = new ForeseenAnswers(new ExecRunner());

  private EarlyStart(Home home) {
    boards = new FutureTask<>(home::boards);
  }

  /** Begins to look. */
  public static EarlyStart of(Home home, String board) {
    EarlyStart start = new EarlyStart(home);
    if (BEGUN.compareAndSet(false, true)) {
      Thread ahead = new Thread(() -> start.look(board), "early-start");
      ahead.setDaemon(true);
      ahead.start();
    }
    return start;
  }

  private void look(String board) {
    boards.run();
    try {
      List<Command> asked = new ArrayList<>(List.of(Qemu.question()));
      asked.addAll(FirmwareBuilder.questions(boards().find(board).core()));
      runner.foresee(asked);
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
