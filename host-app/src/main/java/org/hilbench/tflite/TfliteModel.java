package org.hilbench.tflite;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeSet;
import org.hilbench.BenchException;
import org.hilbench.Sha256;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * An int8 {@code .tflite} file that was read and verified: every table, vector and string that is
 * reached lies inside the file, every index exists, constants have the size that their shape says,
 * each tensor is written before it is read, shapes, axes and scales of each operator go together,
 * and one inference takes no more steps and memory than anything here can run.
 *
 * <p>Layout: TensorFlow Lite's schema version 3, one subgraph with one input and one output.
 */
public final class TfliteModel {
  private final byte[] bytes;
  private final List<TfliteTensor> tensors;
  private final List<TfliteOperator> operators;
  private final List<byte[]> constants;
  private final int input;
  private final int output;
  private final long steps;

  TfliteModel(
      byte[] bytes,
      List<TfliteTensor> tensors,
      List<byte[]> constants,
      List<TfliteOperator> operators,
      int input,
      int output,
      long steps) {
    this.bytes = bytes;
    this.tensors = List.copyOf(tensors);
    this.constants = List.copyOf(constants);
    this.operators = List.copyOf(operators);
    this.input = input;
    this.output = output;
    this.steps = steps;
  }

  /**
   * Reads and verifies a file.
   *
   * @throws BenchException (USAGE) naming what is wrong: not a .tflite, damaged, cut short, float,
   *     several subgraphs, inputs or outputs. Nothing else is thrown, whatever the bytes are.
   */
  public static TfliteModel parse(byte[] bytes) throws BenchException {
    return new ModelReader(bytes.clone()).read();
  }

  public List<TfliteOperator> operators() {
    return operators;
  }

  public List<TfliteTensor> tensors() {
    return tensors;
  }

  /** Index of the only input tensor. */
  public int input() {
    return input;
  }

  /** Index of the only output tensor. */
  public int output() {
    return output;
  }

  public TfliteTensor inputTensor() {
    return tensors.get(input);
  }

  public TfliteTensor outputTensor() {
    return tensors.get(output);
  }

  /** Data of a constant tensor, empty for any other. */
  public byte[] constant(int tensor) {
    return constants.get(tensor).clone();
  }

  /** The file. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The file, without a copy; nobody may write into it. */
  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes);
  }

  public int size() {
    return bytes.length;
  }

  public String sha256() {
    return Sha256.hex(bytes);
  }

  /** Multiply-accumulates of one inference: convolutions and fully connected layers. */
  public long macs() {
    return operators.stream().mapToLong(this::macs).sum();
  }

  private long macs(TfliteOperator operator) {
    if (!weighted(operator)) {
      return 0;
    }
    TfliteTensor out = tensors.get(operator.outputs().get(0));
    TfliteTensor weights = tensors.get(operator.inputs().get(1));
    // Each output element sums over one slice of the weights: all but the output channels' axis.
    int axis = operator.builtinCode() == BuiltinOperator.DEPTHWISE_CONV_2D ? 3 : 0;
    return out.elements() * (weights.elements() / weights.shape().get(axis));
  }

  /**
   * About how many steps one inference takes: multiply-accumulates, and elements of what has none.
   */
  public long steps() {
    return steps;
  }

  /** Weights and biases: elements of the constants that convolutions and the like read. */
  public long params() {
    TreeSet<Integer> counted = new TreeSet<>();
    for (TfliteOperator operator : operators) {
      if (weighted(operator)) {
        counted.addAll(operator.inputs().subList(1, operator.inputs().size()));
      }
    }
    return counted.stream()
        .filter(tensor -> tensor >= 0 && tensors.get(tensor).constant())
        .mapToLong(tensor -> tensors.get(tensor).elements())
        .sum();
  }

  private static boolean weighted(TfliteOperator operator) {
    return switch (operator.builtinCode()) {
      case BuiltinOperator.CONV_2D,
          BuiltinOperator.DEPTHWISE_CONV_2D,
          BuiltinOperator.FULLY_CONNECTED ->
          true;
      default -> false;
    };
  }
}
