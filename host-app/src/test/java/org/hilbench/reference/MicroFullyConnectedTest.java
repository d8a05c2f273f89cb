package org.hilbench.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.tflite.Width;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MicroFullyConnectedTest {
  private static final int LAYERS = 400;

  /** Its own kernel for that has the rule; the stock one for FULLY_CONNECTED differs from it. */
  @ParameterizedTest
  @EnumSource(Width.class)
  void equalsTensorFlowLitesOwnConvolutionOfOnePixel(Width width) throws Exception {
    SplittableRandom random = new SplittableRandom(10 + width.code());
    int otherwise = 0;
    for (int i = 0; i < LAYERS; i++) {
      DenseLayers layer = new DenseLayers(width, random.split());
      byte[] expected = run(layer.convolution(), layer, Kernels.REFERENCE);
      byte[] actual = run(layer.file(), layer, Kernels.REFERENCE);
      assertArrayEquals(expected, actual, "layer " + i + ": " + layer);
      byte[] stock = run(layer.file(), layer, Kernels.ROUNDING_ONCE);
      otherwise += Arrays.equals(stock, expected) ? 0 : 1;
    }
    int count = otherwise;
    assertTrue(
        count > 0 || width == Width.INT16,
        "the stock kernel has the same rule: nothing is told apart");
  }

  private static byte[] run(byte[] file, DenseLayers layer, Kernels kernels) throws BenchException {
    try (HostInterpreter host = HostInterpreter.open(file, kernels)) {
      byte[] unused = host.invoke(layer.input);
      return host.tensor(layer.outputTensor());
    }
  }
}
