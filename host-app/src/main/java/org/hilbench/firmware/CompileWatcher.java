package org.hilbench.firmware;

/** Is told of what is compiled once and then kept: it lasts, and somebody waits for it. */
@FunctionalInterface
public interface CompileWatcher {
  CompileWatcher NOBODY = what -> () -> {};

  /**
   * Begins to compile, or to wait for another process that does.
   *
   * @param what in words, such as {@code the kernels for cortex-m4f}
   */
  Step begins(String what);

  /** What has begun; {@link #done} where it came to its end, {@link #close} in any case. */
  @FunctionalInterface
  interface Step extends AutoCloseable {
    void done();

    @Override
    default void close() {}
  }
}
