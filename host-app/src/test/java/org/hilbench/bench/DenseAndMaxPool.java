package org.hilbench.bench;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hilbench.BenchException;
import org.hilbench.tflite.TfliteModel;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

/**
 * Puts operators into a network that those of our search spaces do not have: FULLY_CONNECTED for a
 * convolution of a 1x1 image, MAX_POOL_2D for AVERAGE_POOL_2D. Weights, scales and types stay.
 */
final class DenseAndMaxPool {
  private final ModelT file;
  private final SubGraphT graph;

  private DenseAndMaxPool(byte[] bytes) {
    this.file = Model.getRootAsModel(ByteBuffer.wrap(bytes)).unpack();
    this.graph = file.getSubgraphs()[0];
  }

  static TfliteModel in(byte[] bytes) throws BenchException {
    DenseAndMaxPool changed = new DenseAndMaxPool(bytes);
    for (OperatorT operator : changed.graph.getOperators()) {
      operator.setCustomOptions(null); // the empty ones of an unpacked file would be written
      int code = changed.file.getOperatorCodes()[(int) operator.getOpcodeIndex()].getBuiltinCode();
      if (code == BuiltinOperator.CONV_2D && changed.isOfOnePixel(operator)) {
        changed.makeFullyConnected(operator);
      } else if (code == BuiltinOperator.AVERAGE_POOL_2D) {
        operator.setOpcodeIndex(changed.code(BuiltinOperator.MAX_POOL_2D));
      }
    }
    FlatBufferBuilder builder = new FlatBufferBuilder(bytes.length);
    builder.finish(Model.pack(builder, changed.file), "TFL3");
    return TfliteModel.parse(builder.sizedByteArray());
  }

  private boolean isOfOnePixel(OperatorT conv) {
    int[] in = tensor(conv.getInputs()[0]).getShape();
    int[] weights = tensor(conv.getInputs()[1]).getShape();
    return in[1] == 1 && in[2] == 1 && weights[1] == 1 && weights[2] == 1;
  }

  private void makeFullyConnected(OperatorT conv) {
    Conv2DOptionsT from = conv.getBuiltinOptions().asConv2DOptions();
    FullyConnectedOptionsT to = new FullyConnectedOptionsT();
    to.setFusedActivationFunction(from.getFusedActivationFunction());
    to.setKeepNumDims(true);
    BuiltinOptionsUnion options = new BuiltinOptionsUnion();
    options.setType(BuiltinOptions.FullyConnectedOptions);
    options.setValue(to);
    conv.setBuiltinOptions(options);
    conv.setOpcodeIndex(code(BuiltinOperator.FULLY_CONNECTED));
    TensorT weights = tensor(conv.getInputs()[1]);
    weights.setShape(new int[] {weights.getShape()[0], weights.getShape()[3]});
  }

  /** The index of a code, which is added to the others. */
  private int code(int builtin) {
    OperatorCodeT added = new OperatorCodeT();
    added.setBuiltinCode(builtin);
    added.setDeprecatedBuiltinCode((byte) builtin);
    added.setVersion(1);
    OperatorCodeT[] old = file.getOperatorCodes();
    OperatorCodeT[] more = Arrays.copyOf(old, old.length + 1);
    more[old.length] = added;
    file.setOperatorCodes(more);
    return old.length;
  }

  private TensorT tensor(int index) {
    return graph.getTensors()[index];
  }
}
