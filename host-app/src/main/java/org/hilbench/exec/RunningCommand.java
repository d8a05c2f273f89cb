package org.hilbench.exec;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A program that is running; {@link #close} kills its whole process tree and waits for its end. */
public interface RunningCommand extends AutoCloseable {

  /** The program's standard input, unbuffered. */
  OutputStream stdin();

  /** The program's standard output; what is unread when the program ends may be lost. */
  InputStream stdout();

  /** The last 64 KiB the program wrote to standard error. */
  String stderrTail();

  boolean alive();

  long pid();

  /** Whether the time-out of the command ended it. */
  boolean timedOut();

  /** Completes with the exit code when the program has ended. */
  CompletableFuture<Integer> exit();

  @Override
  void close();
}
