package org.hilbench.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hilbench.graph.Activation;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.GraphBuilder;
import org.hilbench.graph.Op;
import org.hilbench.graph.Padding;
import org.hilbench.graph.Quantization;
import org.hilbench.graph.Quantization.PerTensor;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Tensor;
import org.hilbench.graph.Window;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.quantize.QuantizedParameters;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.Model;

class TfliteWriterTest {
  /** Highest versions that TensorFlow Lite Micro of July 2020 takes. */
  private static final Map<String, Integer> VERSIONS_OF_2020 =
      Map.of(
          "CONV_2D", 3,
          "DEPTHWISE_CONV_2D", 3,
          "ADD", 2,
          "AVERAGE_POOL_2D", 2,
          "SOFTMAX", 2,
          "RESHAPE", 1);

  @Test
  void everyOperatorIsOneThatTheDevicesRuntimeTakes() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      TfliteModel model = TfliteModel.parse(TfliteWriter.write(network(seed)));
      for (TfliteOperator operator : model.operators()) {
        int highest = VERSIONS_OF_2020.getOrDefault(operator.name(), 0);
        assertTrue(operator.version() <= highest, operator.label());
      }
    }
  }

  @Test
  void everyConstantLiesAlignedTo16() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      byte[] file = TfliteWriter.write(network(seed));
      Model model = Model.getRootAsModel(ByteBuffer.wrap(file));
      assertEquals(0, model.buffers(0).dataLength(), "buffer 0 is empty");
      for (int buffer = 1; buffer < model.buffersLength(); buffer++) {
        ByteBuffer data = model.buffers(buffer).dataAsByteBuffer();
        assertEquals(0, data.position() % 16, "buffer " + buffer + " of network " + seed);
      }
    }
  }

  @Test
  void theInputTakesAnyBatchAndTheOutputIsAVectorOfClasses() throws Exception {
    QuantizedModel network = network(3);
    byte[] file = TfliteWriter.write(network);
    TfliteModel model = TfliteModel.parse(file);
    Shape input = network.graph().inputTensor().shape();
    int classes = network.graph().outputTensor().shape().channels();
    assertEquals(
        List.of(1, input.height(), input.width(), input.channels()), model.inputTensor().shape());
    assertEquals(List.of(1, classes), model.outputTensor().shape());
    assertEquals(new PerTensor(1f / 255, -128), model.inputTensor().quantization());
    assertEquals(new PerTensor(1f / 256, -128), model.outputTensor().quantization());
    var written = Model.getRootAsModel(ByteBuffer.wrap(file)).subgraphs(0);
    assertEquals(-1, written.tensors(model.input()).shapeSignature(0));
    assertEquals(-1, written.tensors(model.output()).shapeSignature(0));
  }

  @Test
  void everyTensorIsUsedAndNamedOnce() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      TfliteModel model = TfliteModel.parse(TfliteWriter.write(network(seed)));
      long names = model.tensors().stream().map(TfliteTensor::name).distinct().count();
      assertEquals(model.tensors().size(), names);
      for (TfliteTensor tensor : model.tensors()) {
        boolean used =
            tensor.index() == model.output()
                || model.operators().stream()
                    .anyMatch(operator -> operator.inputs().contains(tensor.index()));
        assertTrue(used, tensor.label());
      }
    }
  }

  @Test
  void aDepthwiseWhoseActivationCutsIntoItsRangeIsRefused() {
    Window window = Window.same(3, 1);
    write(depthwise(window, Activation.RELU, new PerTensor(0.1f, -128)));
    write(depthwise(window, Activation.RELU6, new PerTensor(6f / 255, -128)));
    write(depthwise(window, Activation.NONE, new PerTensor(0.1f, 5)));
    refused(depthwise(window, Activation.RELU, new PerTensor(0.1f, -127)));
    refused(depthwise(window, Activation.RELU6, new PerTensor(7f / 255, -128)));
  }

  @Test
  void aDilatedDepthwiseWithSamePaddingIsRefused() {
    PerTensor output = new PerTensor(0.1f, 0);
    write(depthwise(new Window(3, 3, 1, 1, 2, 2, Padding.VALID), Activation.NONE, output));
    refused(depthwise(new Window(3, 3, 1, 1, 2, 2, Padding.SAME), Activation.NONE, output));
  }

  private static void write(QuantizedModel model) {
    assertTrue(TfliteWriter.write(model).length > 0);
  }

  private static void refused(QuantizedModel model) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> TfliteWriter.write(model));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("node 0 DepthwiseConv2d"));
  }

  /** One depthwise convolution of an 8x8 image of one channel. */
  private static QuantizedModel depthwise(Window window, Activation activation, PerTensor output) {
    GraphBuilder builder = new GraphBuilder(new Shape(8, 8, 1), DataType.INT8);
    Op op = new Op.DepthwiseConv2d(1, window, activation, false, DataType.INT8);
    Graph graph = builder.build(builder.add(op, builder.input()));
    List<Tensor> tensors =
        List.of(
            graph.tensors().get(0).quantized(DataType.INT8, new PerTensor(1f / 255, -128)),
            graph.tensors().get(1).quantized(DataType.INT8, output));
    QuantizedParameters parameters =
        new QuantizedParameters(
            DataType.INT8,
            new byte[9],
            new Quantization.PerChannel(List.of(0.01f), 3),
            new int[1],
            List.of(0.01f / 255));
    return new QuantizedModel(new Graph(tensors, graph.nodes(), 0, 1), Map.of(0, parameters));
  }

  private static QuantizedModel network(int seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    return RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random);
  }
}
