package org.hilbench.worker;

import java.time.Duration;
import java.util.Objects;
import org.hilbench.Stage;

/**
 * One task for a worker: who handles it, the bytes it gets, what to call it in messages, and how
 * long it may take from the moment a worker has it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
public record WorkerRequest(
    Class<? extends WorkerHandler> handler,
    byte[] payload,
    Stage stage,
    String what,
    Duration deadline) {
  public WorkerRequest {
    Objects.requireNonNull(handler);
    Objects.requireNonNull(payload);
    Objects.requireNonNull(stage);
    if (what.isBlank() || deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("a task needs a name and a deadline above 0");
    }
  }
}
