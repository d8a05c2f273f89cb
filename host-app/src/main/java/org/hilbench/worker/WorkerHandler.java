package org.hilbench.worker;

/**
 * Does one kind of task inside a worker process. It needs a public constructor without parameters;
 * a worker keeps one instance for its life, so that it may keep data loaded between tasks.
 */
public interface WorkerHandler {

  /**
   * Does one task; runs in the worker's only task thread.
   *
   * @throws Exception a {@code BenchException} reaches the caller as it is; anything else is taken
   *     for a crash, see {@link WorkerPool}
   */
  byte[] handle(byte[] request, Progress progress) throws Exception;
}
