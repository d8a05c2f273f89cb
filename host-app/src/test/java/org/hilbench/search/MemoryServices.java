package org.hilbench.search;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hilbench.ByClassName;
import org.hilbench.Sha256;
import org.hilbench.data.DataReference;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;
import org.hilbench.worker.WorkerRequest;

/** Services that last as long as the test: its own thread is the worker, and there are no data. */
public final class MemoryServices implements StrategyServices {
  private final Map<String, byte[]> checkpoints = new HashMap<>();
  private final Map<String, byte[]> artifacts = new HashMap<>();

  @Override
  public DataReference data() {
    throw new UnsupportedOperationException("there are no data");
  }

  @Override
  public Pending<byte[]> submit(WorkerRequest task, Progress progress) {
    String handler = ByClassName.of(task.handler());
    try {
      byte[] result =
          ByClassName.make(handler, WorkerHandler.class).handle(task.payload(), progress);
      return Pending.of(task.stage(), result);
    } catch (Exception e) {
      throw new IllegalStateException(task.what(), e);
    }
  }

  @Override
  public synchronized Optional<byte[]> checkpoint(String name) {
    return Optional.ofNullable(checkpoints.get(name));
  }

  @Override
  public synchronized void keepCheckpoint(String name, byte[] state) {
    checkpoints.put(name, state);
  }

  @Override
  public synchronized Optional<byte[]> artifact(String sha256) {
    return Optional.ofNullable(artifacts.get(sha256));
  }

  @Override
  public synchronized String keepArtifact(byte[] bytes) {
    String sha256 = Sha256.hex(bytes);
    artifacts.put(sha256, bytes);
    return sha256;
  }
}
