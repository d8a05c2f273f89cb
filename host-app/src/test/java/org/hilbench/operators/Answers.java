package org.hilbench.operators;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.BenchException;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteModel;

/**
 * What TensorFlow Lite's reference makes of some inputs.
 *
 * @param outputs of each input, every operator's first output
 */
record Answers(TfliteModel model, List<byte[]> inputs, List<List<byte[]>> outputs) {
  private static final int INPUTS = 3;

  static Answers of(TfliteModel model, Chance chance) throws BenchException {
    List<byte[]> inputs = new ArrayList<>();
    List<List<byte[]>> outputs = new ArrayList<>();
    try (HostInterpreter host = HostInterpreter.open(model.bytes(), Kernels.REFERENCE)) {
      for (int i = 0; i < INPUTS; i++) {
        inputs.add(chance.input((int) model.inputTensor().bytes()));
        host.invoke(inputs.get(i));
        outputs.add(
            model.operators().stream()
                .map(operator -> host.tensor(operator.outputs().get(0)))
                .toList());
      }
    }
    return new Answers(model, inputs, outputs);
  }
}
