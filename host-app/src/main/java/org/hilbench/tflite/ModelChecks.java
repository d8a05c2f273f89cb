package org.hilbench.tflite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.tensorflow.lite.schema.BuiltinOperator;

/** What must hold between the parts of a model beyond each lying inside the file. */
final class ModelChecks {
  private ModelChecks() {}

  static void check(
      List<TfliteTensor> tensors,
      List<TfliteOperator> operators,
      int input,
      int output,
      Set<Integer> variables)
      throws BenchException {
    if (operators.isEmpty()) {
      throw refused("it has no operators");
    }
    requireOrder(tensors, operators, input, output, variables);
    requireIntegers(tensors, operators);
    requireInt8(tensors.get(input), "input");
    requireInt8(tensors.get(output), "output");
    for (TfliteOperator operator : operators) {
      if (operator.inputs().isEmpty() || operator.outputs().isEmpty()) {
        throw refused(operator.label() + " has no input or no output");
      }
      requireOneGraph(operator);
      requireWeights(operator, tensors);
    }
  }

  private static void requireOrder(
      List<TfliteTensor> tensors,
      List<TfliteOperator> operators,
      int input,
      int output,
      Set<Integer> variables)
      throws BenchException {
    Set<Integer> written = new HashSet<>(variables);
    tensors.stream().filter(TfliteTensor::constant).forEach(tensor -> written.add(tensor.index()));
    if (!written.add(input)) {
      throw refused("its input " + tensors.get(input).label() + " is a constant or a variable");
    }
    for (TfliteOperator operator : operators) {
      for (int read : operator.inputs()) {
        if (read >= 0 && !written.contains(read) && tensors.get(read).elements() > 0) {
          throw refused(
              operator.label() + " reads " + tensors.get(read).label() + " before it is written");
        }
      }
      for (int write : operator.outputs()) {
        if (!written.add(write)) {
          throw refused(
              operator.label() + " writes " + tensors.get(write).label() + " a second time");
        }
      }
    }
    if (!written.contains(output)) {
      throw refused("nothing writes its output " + tensors.get(output).label());
    }
  }

  private static void requireIntegers(List<TfliteTensor> tensors, List<TfliteOperator> operators)
      throws BenchException {
    for (TfliteOperator operator : operators) {
      for (int index : operator.inputs()) {
        if (index >= 0 && tensors.get(index).type().floating()) {
          TfliteTensor tensor = tensors.get(index);
          throw refused(
              "it is a float model: "
                  + operator.label()
                  + " reads "
                  + tensor.label()
                  + " of type "
                  + tensor.type()
                  + "; quantize it fully to int8, input and output too");
        }
      }
    }
  }

  private static void requireInt8(TfliteTensor tensor, String role) throws BenchException {
    if (tensor.type() != TensorType.INT8) {
      throw refused(
          "its "
              + role
              + ", "
              + tensor.label()
              + ", is "
              + tensor.type()
              + "; quantize it fully to int8, input and output too");
    }
  }

  /** Another graph that it names could be itself. */
  private static void requireOneGraph(TfliteOperator operator) throws BenchException {
    switch (operator.builtinCode()) {
      case BuiltinOperator.IF,
          BuiltinOperator.WHILE,
          BuiltinOperator.CALL,
          BuiltinOperator.CALL_ONCE ->
          throw refused(operator.label() + " runs other subgraphs, which nothing here can");
      default -> {}
    }
  }

  private static void requireWeights(TfliteOperator operator, List<TfliteTensor> tensors)
      throws BenchException {
    int rank =
        switch (operator.builtinCode()) {
          case BuiltinOperator.CONV_2D, BuiltinOperator.DEPTHWISE_CONV_2D -> 4;
          case BuiltinOperator.FULLY_CONNECTED -> 2;
          default -> 0;
        };
    if (rank == 0) {
      return;
    }
    List<Integer> inputs = operator.inputs();
    if (inputs.size() < 2 || inputs.get(0) < 0 || inputs.get(1) < 0) {
      throw refused(operator.label() + " lacks its input or its weights");
    }
    if (operator.outputs().size() != 1) {
      throw refused(operator.label() + " has " + operator.outputs().size() + " outputs, not one");
    }
    TfliteTensor weights = tensors.get(inputs.get(1));
    if (weights.shape().size() != rank) {
      throw refused(operator.label() + " has weights of shape " + weights.shape());
    }
  }

  static BenchException refused(String detail) {
    return BenchException.usage(Stage.BUILD, "the .tflite file cannot be run: " + detail);
  }
}
