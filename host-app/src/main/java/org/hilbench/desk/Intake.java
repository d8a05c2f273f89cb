package org.hilbench.desk;

import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.verify.ReferenceRunner;

/**
 * What every model of a user's passes before anything is built of it: it is read and checked, its
 * operators are those of the kernels, and TensorFlow Lite runs it, in another process.
 */
public final class Intake {
  private final OperatorRule operators;
  private final ReferenceRunner references;

  public Intake(OperatorRule operators, ReferenceRunner references) {
    this.operators = operators;
    this.references = references;
  }

  /** Refuses a model by its operators. */
  @FunctionalInterface
  public interface OperatorRule {
    void require(TfliteModel model) throws BenchException;
  }

  /** Which input a model is run on. */
  @FunctionalInterface
  public interface InputChoice {
    Bytes of(TfliteModel model) throws BenchException;
  }

  /**
   * Takes a model in.
   *
   * @param name what messages call it
   * @throws BenchException (USAGE) in one line, whatever the bytes are
   */
  public ReferenceAnswers take(String name, byte[] file, InputChoice input) throws BenchException {
    try {
      TfliteModel model = TfliteModel.parse(file);
      operators.require(model);
      return references.answers(model, List.of(input.of(model)));
    } catch (BenchException e) {
      throw new BenchException(e.stage(), e.kind(), name + ": " + e.getMessage(), e);
    }
  }

  /** An input that covers all values; deterministic. */
  public static Bytes pattern(TfliteModel model) {
    byte[] bytes = new byte[Math.toIntExact(model.inputTensor().bytes())];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i * 37 + 11) % 256 - 128);
    }
    return Bytes.of(bytes);
  }
}
