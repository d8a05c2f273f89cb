package org.hilbench.train;

import ai.djl.engine.Engine;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;

/** DJL's PyTorch engine, whose native libraries are unpacked at the first start. */
final class TorchEngine {
  static final String CACHE_VARIABLE = "DJL_CACHE_DIR";
  private static final String NAME = "PyTorch";

  private TorchEngine() {}

  /** Loads the engine; (ENVIRONMENT) if its libraries cannot be unpacked or loaded. */
  static void load() throws BenchException {
    try {
      Engine.getEngine(NAME);
    } catch (RuntimeException | LinkageError e) {
      throw new BenchException(
          Stage.TRAIN,
          Kind.ENVIRONMENT,
          "PyTorch's native libraries cannot be loaded ("
              + root(e)
              + "); they take 430 MB in "
              + System.getenv(CACHE_VARIABLE)
              + ": make room there, or name another folder with HILBENCH_CACHE",
          e);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
