package org.hilbench.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and kill: the search is told to stop, the message says how to go on, and the process ends
 * within two seconds whatever happens. What is stored is safe at any moment.
 */
final class Interruption {
  private static final long PATIENCE_MS = 700;

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean finished;

  private Interruption() {}

  /**
   * @param cancel tells the search to stop
   * @param goOn the command that goes on with it
   */
  static Interruption stops(Runnable cancel, String goOn) {
    Interruption interruption = new Interruption();
    Thread hook = new Thread(() -> interruption.stop(cancel, goOn), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return interruption;
  }

  /** The search came to its end. */
  void over() {
    finished = true;
    over.countDown();
  }

  private void stop(Runnable cancel, String goOn) {
    if (finished) {
      return;
    }
    PrintableStream.err().println();
    PrintableStream.err()
        .println("hilbench: stopped; nothing that was finished is lost. Go on with: " + goOn);
    cancel.run();
    try {
      var unused = over.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
