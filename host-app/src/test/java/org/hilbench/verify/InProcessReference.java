package org.hilbench.verify;

import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.worker.Progress;

/** The reference of networks of our own, without a process: they bring nothing down. */
public final class InProcessReference implements ReferenceRunner {
  private final ReferenceHandler handler = new ReferenceHandler();

  @Override
  public ReferenceAnswers answers(TfliteModel model, List<Bytes> inputs) throws BenchException {
    try {
      byte[] answer =
          handler.handle(ReferenceWire.request(model, inputs, false).payload(), Progress.NONE);
      return ReferenceWire.answers(model, inputs, answer);
    } catch (BenchException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
