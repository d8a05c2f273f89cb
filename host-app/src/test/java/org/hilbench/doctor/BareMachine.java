package org.hilbench.doctor;

import java.nio.file.Path;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.RunningCommand;

/** A machine without any program: nothing is on its PATH. */
final class BareMachine implements CommandRunner {
  @Override
  public CommandResult run(Command command) throws BenchException {
    throw absent(command);
  }

  @Override
  public RunningCommand start(Command command) throws BenchException {
    throw absent(command);
  }

  @Override
  public Optional<Path> find(String program) {
    return Optional.empty();
  }

  private static BenchException absent(Command command) {
    return new BenchException(
        Stage.RUN, BenchException.Kind.ENVIRONMENT, "no " + command.program());
  }
}
