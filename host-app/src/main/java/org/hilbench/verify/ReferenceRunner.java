package org.hilbench.verify;

import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;

/**
 * Runs models by TensorFlow Lite's reference kernels. Those are native code, which a file can bring
 * down: they run in another process, always.
 */
public interface ReferenceRunner {
  /**
   * Runs the inputs and waits.
   *
   * @throws BenchException (USAGE) if the model is not runnable; what else the process met
   */
  ReferenceAnswers answers(TfliteModel model, List<Bytes> inputs) throws BenchException;
}
