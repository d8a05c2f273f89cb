package org.hilbench.exec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.hilbench.BenchException;

/**
 * Runs commands before somebody asks for them: what will be asked anyway, and changes nothing. Who
 * asks first gets that answer, as if the program had been started for him, later ones are run anew.
 */
public final class ForeseenAnswers implements CommandRunner {
  private final CommandRunner runner;
  private final Map<Command, FutureTask<CommandResult>> foreseen = new ConcurrentHashMap<>();

  public ForeseenAnswers(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * Runs these one after the other on the calling thread; returns early where it is interrupted.
   */
  public void foresee(List<Command> commands) {
    List<FutureTask<CommandResult>> begun =
        commands.stream()
            .map(
                command ->
                    foreseen.computeIfAbsent(
                        command, each -> new FutureTask<>(() -> runner.run(each))))
            .toList();
    begun.forEach(FutureTask::run);
  }

  @Override
  public CommandResult run(Command command) throws BenchException {
    FutureTask<CommandResult> early = foreseen.remove(command);
    if (early == null) {
      return runner.run(command);
    }
    early.run(); // here, if nobody has begun it
    try {
      return early.get();
    } catch (ExecutionException e) {
      // an answer that was not got is no answer: what it is lies in the second try
      return runner.run(command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return runner.run(command); // which says that it was interrupted
    }
  }

  @Override
  public RunningCommand start(Command command) throws BenchException {
    return runner.start(command);
  }

  @Override
  public Optional<Path> find(String program) {
    return runner.find(program);
  }
}
