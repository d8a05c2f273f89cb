package org.hilbench.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Quantization.PerTensor;
import org.hilbench.measure.Bytes;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.quantize.QuantizedParameters;
import org.hilbench.tflite.DeviceForm;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.SubGraph;

/** What a device form holds, read by the schema's own code, against the network that it is of. */
class DeviceFormTest {
  private static final int NETWORKS = 40;
  private static final byte UINT8 = 3;

  private record Case(QuantizedModel model, Bytes file, DeviceForm form) {}

  private static Case of(int seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Graph graph = RandomNetworks.mixed(RandomNetworks.ofTheSpace(random), random);
    QuantizedModel model = RandomNetworks.quantized(graph, random);
    byte[] file = TfliteWriter.write(model);
    return new Case(model, Bytes.of(file), DeviceForm.of(TfliteModel.parse(file)));
  }

  @Test
  void everyLayersConstantsAreItsMultipliersShiftsAndBiases() throws Exception {
    for (int seed = 0; seed < NETWORKS; seed++) {
      Case one = of(seed);
      SubGraph form = Model.getRootAsModel(ByteBuffer.wrap(one.form.bytes())).subgraphs(0);
      List<Node> nodes = one.model.graph().nodes();
      assertEquals(nodes.size(), form.operatorsLength());
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i).op() instanceof Op.Convolution) {
          requireConstants(one, nodes.get(i), data(one, form, form.operators(i).inputs(2)));
        }
      }
    }
  }

  private static void requireConstants(Case one, Node node, ByteBuffer constants) {
    QuantizedParameters parameters = one.model.of(node);
    int channels = parameters.channels();
    float in = scale(one.model, node.inputs().get(0));
    float out = scale(one.model, node.output());
    assertEquals(channels, constants.getInt(0));
    boolean wide = constants.remaining() == 8 + 16 * channels;
    for (int c = 0; c < channels; c++) {
      float weights = parameters.weightQuantization().scales().get(c);
      FixedPoint.Multiplier wanted = FixedPoint.Multiplier.of((double) in * weights / out);
      assertEquals(wanted.mantissa(), constants.getInt(8 + 4 * c));
      assertEquals(wanted.shift(), constants.getInt(8 + 4 * (channels + c)));
      int biases = 8 + 8 * channels;
      long bias = wide ? constants.getLong(biases + 8 * c) : constants.getInt(biases + 4 * c);
      assertEquals(parameters.bias()[c], bias);
    }
  }

  private static float scale(QuantizedModel model, int tensor) {
    return ((PerTensor) model.graph().tensors().get(tensor).quantization()).scale();
  }

  @Test
  void fourBitWeightsAreTheNetworksInTheKernelsOrder() throws Exception {
    int looked = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      Case one = of(seed);
      SubGraph form = Model.getRootAsModel(ByteBuffer.wrap(one.form.bytes())).subgraphs(0);
      List<Node> nodes = one.model.graph().nodes();
      for (int i = 0; i < nodes.size(); i++) {
        int weights = form.operators(i).inputsLength() > 1 ? form.operators(i).inputs(1) : -1;
        if (nodes.get(i).op() instanceof Op.Conv2d && form.tensors(weights).type() == UINT8) {
          byte[] wanted = one.model.of(nodes.get(i)).weights();
          int rows = form.tensors(weights).shape(0);
          assertArrayEquals(wanted, unpacked(data(one, form, weights), rows, wanted.length / rows));
          looked++;
        }
      }
    }
    assertTrue(looked > NETWORKS, looked + " layers");
  }

  /** Byte j of four holds weight j in its low half, weight j + 4 in its high half. */
  private static byte[] unpacked(ByteBuffer packed, int rows, int length) {
    byte[] all = new byte[rows * length];
    int rowBytes = packed.remaining() / rows;
    for (int i = 0; i < all.length; i++) {
      int column = i % length;
      int both = packed.get(i / length * rowBytes + column / 8 * 4 + column % 4);
      all[i] = (byte) ((column % 8 < 4 ? both << 28 : both << 24) >> 28);
    }
    return all;
  }

  private static ByteBuffer data(Case one, SubGraph form, int tensor) {
    Model model = Model.getRootAsModel(ByteBuffer.wrap(one.form.bytes()));
    ByteBuffer data = model.buffers((int) form.tensors(tensor).buffer()).dataAsByteBuffer();
    assertEquals(0, data.position() % 4, "alignment");
    return data.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void theSameModelGivesTheSameBytesAndFewerThanTheFile() throws Exception {
    for (int seed = 0; seed < NETWORKS; seed++) {
      Case one = of(seed);
      assertEquals(one.form.sha256(), of(seed).form.sha256());
      assertTrue(
          one.form.size() < one.file.toArray().length,
          one.form.size() + " of " + one.file.toArray().length);
    }
  }
}
