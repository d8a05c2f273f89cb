package org.hilbench.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hilbench.graph.DataType;
import org.hilbench.graph.Graph;
import org.hilbench.graph.Node;
import org.hilbench.graph.Op;
import org.hilbench.graph.Shape;
import org.hilbench.quantize.QuantizedModel;
import org.hilbench.quantize.QuantizedParameters;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.SubGraph;

/**
 * Writes a quantized network as a {@code .tflite} file: the same network gives the same bytes.
 *
 * <p>Layout: schema version 3, one subgraph; input int8 [1, height, width, channels] with any batch
 * in its signature; int8 operators in the newest versions that TensorFlow Lite Micro of 2020 takes,
 * int4 weights and int16 activations in those of today. An activation tensor is named as in the
 * graph, the constants of node 3 {@code n3.kernel}, {@code n3.bias} and {@code n3.shape}.
 */
public final class TfliteWriter {
  private static final int SCHEMA_VERSION = 3;
  private static final String DESCRIPTION = "hilbench";

  private final QuantizedModel model;
  private final Graph graph;
  private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
  private final TensorTable tensors = new TensorTable(builder);
  private final Map<OperatorKind, Integer> kinds = new LinkedHashMap<>();
  private final Map<Integer, Integer> indexOfTensor = new LinkedHashMap<>();
  private final Set<Integer> flat = new HashSet<>();
  private final List<Integer> operators = new ArrayList<>();

  private TfliteWriter(QuantizedModel model) {
    this.model = model;
    this.graph = model.graph();
  }

  /**
   * The file's bytes.
   *
   * @throws IllegalArgumentException for what the runtimes cannot run or would run wrongly: types
   *     than those of {@link org.hilbench.quantize.PostTrainingQuantizer}, a depthwise convolution
   *     whose activation cuts into its output's range
   */
  public static byte[] write(QuantizedModel model) {
    return new TfliteWriter(model).write();
  }

  private byte[] write() {
    RuntimeLimits.require(model);
    addActivation(graph.input());
    for (Node node : graph.nodes()) {
      addOperator(node);
    }
    int subgraph = subgraph();
    int codes = Model.createOperatorCodesVector(builder, operatorCodes());
    int subgraphs = Model.createSubgraphsVector(builder, new int[] {subgraph});
    int buffers = Model.createBuffersVector(builder, tensors.buffers());
    int description = builder.createString(DESCRIPTION);
    int root =
        Model.createModel(builder, SCHEMA_VERSION, codes, subgraphs, description, buffers, 0, 0, 0);
    Model.finishModelBuffer(builder, root);
    return builder.sizedByteArray();
  }

  private void addOperator(Node node) {
    DataType activations = graph.tensors().get(node.output()).type();
    OperatorKind kind = OperatorKind.of(node.op(), activations);
    List<Integer> inputs = new ArrayList<>();
    node.inputs().forEach(tensor -> inputs.add(indexOf(tensor)));
    inputs.addAll(constants(node));
    spreadFlatness(node);
    int output = addActivation(node.output());
    int[] inputArray = inputs.stream().mapToInt(Integer::intValue).toArray();
    int inputVector = Operator.createInputsVector(builder, inputArray);
    int outputVector = Operator.createOutputsVector(builder, new int[] {output});
    int options = OperatorOptions.create(builder, node.op(), activations, graph.inputShapes(node));
    int code = kinds.computeIfAbsent(kind, unseen -> kinds.size());
    operators.add(
        Operator.createOperator(
            builder,
            code,
            inputVector,
            outputVector,
            kind.optionsType(),
            options,
            0,
            (byte) 0,
            0,
            0));
  }

  private List<Integer> constants(Node node) {
    String prefix = "n" + node.id();
    if (node.op() instanceof Op.Convolution op) {
      QuantizedParameters parameters = model.of(node);
      int[] shape =
          op.kernelShape(graph.inputShapes(node).get(0)).stream()
              .mapToInt(Integer::intValue)
              .toArray();
      return List.of(
          tensors.addKernel(prefix + ".kernel", shape, parameters),
          tensors.addBias(prefix + ".bias", parameters, graph.tensors().get(node.output()).type()));
    }
    if (node.op() instanceof Op.Flatten) {
      Shape shape = graph.tensors().get(node.output()).shape();
      return List.of(tensors.addShape(prefix + ".shape", -1, shape.channels()));
    }
    return List.of();
  }

  private int addActivation(int tensor) {
    int index = tensors.addActivation(graph.tensors().get(tensor), flat.contains(tensor));
    indexOfTensor.put(tensor, index);
    return index;
  }

  /** Behind a Flatten a tensor is a plain vector an image: [batch, channels]. */
  private void spreadFlatness(Node node) {
    if (node.op() instanceof Op.Flatten || flat.containsAll(node.inputs())) {
      flat.add(node.output());
    }
  }

  private int indexOf(int tensor) {
    Integer index = indexOfTensor.get(tensor);
    if (index == null) {
      throw new IllegalStateException("tensor " + tensor + " was not written yet");
    }
    return index;
  }

  private int subgraph() {
    int tensorVector = SubGraph.createTensorsVector(builder, tensors.tensors());
    int inputs = SubGraph.createInputsVector(builder, new int[] {indexOf(graph.input())});
    int outputs = SubGraph.createOutputsVector(builder, new int[] {indexOf(graph.output())});
    int[] operatorArray = operators.stream().mapToInt(Integer::intValue).toArray();
    int operatorVector = SubGraph.createOperatorsVector(builder, operatorArray);
    int name = builder.createString("main");
    return SubGraph.createSubGraph(builder, tensorVector, inputs, outputs, operatorVector, name);
  }

  private int[] operatorCodes() {
    return kinds.keySet().stream()
        .mapToInt(
            kind ->
                OperatorCode.createOperatorCode(
                    builder,
                    (byte) Math.min(kind.builtinCode(), Builtin.PLACEHOLDER),
                    0,
                    kind.version(),
                    kind.builtinCode()))
        .toArray();
  }
}
