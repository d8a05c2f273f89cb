package org.hilbench.exec;

import java.util.function.Predicate;
import org.hilbench.BenchException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs that change nothing but their own files, again where they fail. A compiler is a
 * driver of others, and where one of those is killed, as when memory runs out, its exit code is 1
 * as for an error in the source: so how it ended does not tell whether that passes.
 */
public final class Repeated {
  private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);
  private static final int ATTEMPTS = 3;

  private Repeated() {}

  /**
   * Runs it until it succeeds or an answer is final, a few times at most; the last result.
   *
   * @param isFinal whether a failure says enough
   */
  public static CommandResult run(
      CommandRunner runner, Command command, Predicate<CommandResult> isFinal)
      throws BenchException {
    CommandResult result = runner.run(command);
    for (int attempt = 1; attempt < ATTEMPTS && !result.ok() && !isFinal.test(result); attempt++) {
      LOG.warn(
          "{} failed ({}: {}); doing it again",
          command.program(),
          result.ending().words(),
          result.tail());
      result = runner.run(command);
    }
    return result;
  }
}
