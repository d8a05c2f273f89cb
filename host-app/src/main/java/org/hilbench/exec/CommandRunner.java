package org.hilbench.exec;

import java.nio.file.Path;
import java.util.Optional;
import org.hilbench.BenchException;

/**
 * Starts programs. Whatever it starts ends at its time-out, when closed, or when this process dies
 * in whatever way, together with all its descendants as far as the system lets us see them.
 */
public interface CommandRunner {

  /**
   * Runs a program to its end; a non-zero exit code is a result, not an exception.
   *
   * @throws BenchException if the program cannot be started, overran its time-out (its process tree
   *     is killed), or the calling thread was interrupted (likewise; the interrupt flag stays set)
   */
  CommandResult run(Command command) throws BenchException;

  /**
   * Starts a program that this process talks to.
   *
   * @throws BenchException if the program cannot be started
   */
  RunningCommand start(Command command) throws BenchException;

  /** Where the program is on PATH, if anywhere. */
  Optional<Path> find(String program);
}
