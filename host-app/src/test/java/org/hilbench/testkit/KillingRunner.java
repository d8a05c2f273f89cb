package org.hilbench.testkit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.RunningCommand;

/** Starts programs, and kills those of one kind as often as it is told to. */
public final class KillingRunner implements CommandRunner {
  private final CommandRunner real;
  private final Predicate<Command> victim;
  private final AtomicInteger kills = new AtomicInteger();
  private volatile long last = -1;

  /**
   * @param victim what dies
   */
  public KillingRunner(CommandRunner real, Predicate<Command> victim) {
    this.real = real;
    this.victim = victim;
  }

  /** The next so many of them die at their start. */
  public void killNext(int count) {
    kills.set(count);
  }

  /** Sends the one that was started last a signal, {@code KILL}, and waits for its end. */
  public void signalLast(String signal) {
    ProcessHandle process = ProcessHandle.of(last).orElseThrow();
    try {
      real.run(Command.of("kill", "-" + signal, Long.toString(last)));
    } catch (BenchException e) {
      throw new AssertionError(e);
    }
    process.onExit().join();
  }

  private boolean dies(Command command) {
    return victim.test(command) && kills.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  @Override
  public CommandResult run(Command command) throws BenchException {
    return dies(command) ? real.run(Command.of("sh", "-c", "kill -KILL $$")) : real.run(command);
  }

  @Override
  public RunningCommand start(Command command) throws BenchException {
    boolean dies = dies(command);
    RunningCommand running = real.start(command);
    if (victim.test(command)) {
      last = running.pid();
    }
    if (dies) {
      ProcessHandle.of(running.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    return running;
  }

  @Override
  public Optional<Path> find(String program) {
    return real.find(program);
  }
}
