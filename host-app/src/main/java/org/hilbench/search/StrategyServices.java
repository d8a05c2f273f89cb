package org.hilbench.search;

import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.data.DataReference;
import org.hilbench.worker.Pending;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerRequest;

/**
 * What a search lends to a strategy that learns: workers to learn in, and places to keep what it
 * learned. No answer may depend on whether something is kept: see {@link SearchStrategy}. Safe for
 * many threads.
 */
public interface StrategyServices {

  /** What the networks are trained on, for a worker to read. */
  DataReference data();

  /**
   * Has a worker do a task; trials wait for the same workers. {@link Pending#await} throws, and the
   * task ends, when the strategy is interrupted.
   */
  Pending<byte[]> submit(WorkerRequest task, Progress progress);

  /**
   * What was kept under this name; empty where nothing was, where it was deleted or damaged.
   *
   * @param name as {@link #keepCheckpoint} takes it
   */
  Optional<byte[]> checkpoint(String name) throws BenchException;

  /**
   * Keeps a state, so that it need not be learned again. It may be lost at any time. What was kept
   * under the same name is replaced; so the name has to say all that the state depends on but the
   * settings of the search: which tells, and in which order.
   *
   * @param name of letters, digits, dots, dashes and underlines, 100 at most
   */
  void keepCheckpoint(String name, byte[] state) throws BenchException;

  /**
   * What was kept under this hash; empty where nothing was.
   *
   * @throws BenchException (ENVIRONMENT) if what is there has another hash
   */
  Optional<byte[]> artifact(String sha256) throws BenchException;

  /**
   * Keeps bytes as long as the experiment; equal bytes once.
   *
   * @return their SHA-256, in hex
   */
  String keepArtifact(byte[] bytes) throws BenchException;
}
