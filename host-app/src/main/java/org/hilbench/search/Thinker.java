package org.hilbench.search;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.hilbench.BenchException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a strategy on a thread of its own, one question at a time.
 *
 * <p>{@link #close} interrupts the strategy and does not wait for it. All methods are called by the
 * same thread; answers arrive on another.
 */
final class Thinker implements AutoCloseable {
  private final SearchStrategy strategy;
  private final Consumer<Answer> answers;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "strategy");
            thread.setDaemon(true);
            return thread;
          });
  private boolean busy;

  /** What the strategy said, or threw, to the question that this history was shown for. */
  record Answer(History history, @Nullable Ask ask, @Nullable Throwable failure) {}

  Thinker(SearchStrategy strategy, Consumer<Answer> answers) {
    this.strategy = strategy;
    this.answers = answers;
  }

  /** Whether a question is open: asked, and its answer not {@link #taken}. */
  boolean busy() {
    return busy;
  }

  void ask(int number, History history) {
    busy = true;
    thread.execute(() -> answers.accept(answer(number, history)));
  }

  private Answer answer(int number, History history) {
    try {
      return new Answer(history, strategy.ask(number, history), null);
    } catch (BenchException | InterruptedException | RuntimeException | Error e) {
      return new Answer(history, null, e);
    }
  }

  /** What the strategy wants; a failure is thrown as it is. */
  Ask taken(Answer answer) throws BenchException {
    busy = false;
    if (answer.ask() != null) {
      return answer.ask();
    }
    if (answer.failure() instanceof BenchException failed) {
      throw failed;
    }
    if (answer.failure() instanceof RuntimeException bug) {
      throw bug;
    }
    if (answer.failure() instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("the strategy gave no answer", answer.failure());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
