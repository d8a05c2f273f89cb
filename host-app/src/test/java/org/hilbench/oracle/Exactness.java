package org.hilbench.oracle;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Tensor;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteTensor;

/** Compares each tensor of a file that TensorFlow Lite's reference kernels run with the oracle. */
final class Exactness {
  private Exactness() {}

  /** What differs first, in order of execution; empty if every byte is equal. */
  static Optional<String> difference(QuantizedModel model, byte[] file, byte[] input)
      throws BenchException {
    Graph graph = model.graph();
    Map<Integer, byte[]> expected = IntegerOracle.run(model, input);
    try (HostInterpreter interpreter = HostInterpreter.open(file, Kernels.REFERENCE)) {
      interpreter.invoke(input);
      Map<String, Integer> index =
          interpreter.model().tensors().stream()
              .collect(Collectors.toMap(TfliteTensor::name, TfliteTensor::index));
      for (Tensor tensor : graph.tensors()) {
        byte[] wanted = expected.getOrDefault(tensor.id(), new byte[0]);
        byte[] actual = interpreter.tensor(index.getOrDefault(tensor.name(), -1));
        int at = Arrays.mismatch(wanted, actual);
        if (at >= 0) {
          return Optional.of(tensor.name() + " differs at " + at + " of " + wanted.length);
        }
      }
    }
    return Optional.empty();
  }
}
