package org.hilbench.worker;

/** Hears how far a task is; called from any thread, must return at once. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (done, total) -> {};

  /** {@code done} of {@code total} units of work (samples, images) are done. */
  void at(long done, long total);
}
