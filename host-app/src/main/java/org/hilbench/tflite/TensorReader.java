package org.hilbench.tflite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hilbench.BenchException;
import org.hilbench.graph.Quantization;
import org.jspecify.annotations.Nullable;

/** Reads the tensors of a subgraph and checks each against the buffer that it names. */
final class TensorReader {
  private static final int HIGHEST_RANK = 8;

  /** Far more than a microcontroller holds; a damaged side of a shape is mostly beyond it. */
  private static final long MOST_ELEMENTS = 1 << 24;

  private final Flatbuffer buffer;
  private final List<byte[]> buffers;
  private final Set<Integer> variables = new HashSet<>();

  TensorReader(Flatbuffer buffer, List<byte[]> buffers) {
    this.buffer = buffer;
    this.buffers = buffers;
  }

  /** Tensors that keep their value from one inference to the next. */
  Set<Integer> variables() {
    return Set.copyOf(variables);
  }

  TfliteTensor read(int index, FlatTable table) throws BenchException {
    String name = table.text(3, "name");
    List<Integer> shape = shape(table);
    TensorType type = type(table);
    if (table.i8(5, 0) != 0) {
      variables.add(index);
    }
    if (table.has(6)) {
      throw ModelChecks.refused("tensor " + index + " ('" + name + "') is sparse; densify it");
    }
    table.vector(7, 4, "shape_signature");
    Quantization quantization = quantization(table, shape);
    boolean constant = data(table).length > 0;
    TfliteTensor tensor = new TfliteTensor(index, name, shape, type, quantization, constant);
    requireSize(table, tensor);
    return tensor;
  }

  byte[] data(FlatTable table) throws BenchException {
    int index = table.i32(2, 0);
    if (index < 0 || index >= Math.max(1, buffers.size())) {
      throw table.damaged("names buffer " + index + " of " + buffers.size());
    }
    return index == 0 ? new byte[0] : buffers.get(index);
  }

  private static List<Integer> shape(FlatTable table) throws BenchException {
    FlatVector vector = table.vector(0, 4, "shape");
    if (vector.length() > HIGHEST_RANK) {
      throw table.damaged("has " + vector.length() + " dimensions");
    }
    List<Integer> shape = vector.ints();
    long elements = 1;
    for (int side : shape) {
      elements *= side;
      if (side < 0 || elements > MOST_ELEMENTS) {
        throw table.damaged("has the shape " + shape + "; at most 2^24 elements are taken");
      }
    }
    return shape;
  }

  private static TensorType type(FlatTable table) throws BenchException {
    int code = table.i8(1, 0);
    return TensorType.of(code)
        .orElseThrow(
            () -> ModelChecks.refused(table.what() + " has the unknown element type " + code));
  }

  private void requireSize(FlatTable table, TfliteTensor tensor) throws BenchException {
    int held = data(table).length;
    if (tensor.constant() && tensor.type().bits() > 0 && held != tensor.bytes()) {
      throw buffer.damaged(
          tensor.label() + " holds " + held + " bytes where its shape wants " + tensor.bytes());
    }
  }

  private Quantization quantization(FlatTable tensor, List<Integer> shape) throws BenchException {
    @Nullable FlatTable table = tensor.table(4, "quantization");
    if (table == null) {
      return Quantization.NONE;
    }
    if (table.i8(4, 0) != 0) {
      throw ModelChecks.refused(
          table.what() + " is a custom scheme; use per-tensor or per-channel");
    }
    table.vector(0, 4, "min");
    table.vector(1, 4, "max");
    FlatVector scales = table.vector(2, 4, "scale");
    FlatVector zeroPoints = table.vector(3, 8, "zero_point");
    if (scales.length() == 0) {
      return Quantization.NONE;
    }
    int axis = axis(table.i32(6, 0), scales.length(), shape);
    requireChannels(table, scales.length(), zeroPoints.length(), axis, shape);
    return of(table, scales.floats(), zeroPoints.longs(), axis);
  }

  /**
   * A bias often carries the axis of its weights: where only one side of the shape is not 1, it is
   * the only one that scales can lie along.
   */
  private static int axis(int stated, int scales, List<Integer> shape) {
    List<Integer> sides =
        IntStream.range(0, shape.size()).filter(side -> shape.get(side) != 1).boxed().toList();
    boolean one = sides.size() == 1 && shape.get(sides.get(0)) == scales;
    return one ? sides.get(0) : stated;
  }

  private static void requireChannels(
      FlatTable table, int scales, int zeroPoints, int axis, List<Integer> shape)
      throws BenchException {
    if (zeroPoints != scales && zeroPoints != 0) {
      throw table.damaged("has " + scales + " scales but " + zeroPoints + " zero points");
    }
    if (scales > 1 && (axis < 0 || axis >= shape.size() || shape.get(axis) != scales)) {
      throw table.damaged("has " + scales + " scales along axis " + axis + " of shape " + shape);
    }
  }

  private static Quantization of(
      FlatTable table, List<Float> scales, List<Long> zeroPoints, int axis) throws BenchException {
    for (float scale : scales) {
      if (!(scale > 0) || Float.isInfinite(scale)) {
        throw ModelChecks.refused(table.what() + " has the scale " + scale);
      }
    }
    if (scales.size() == 1) {
      long zeroPoint = zeroPoints.isEmpty() ? 0 : zeroPoints.get(0);
      if (zeroPoint != (int) zeroPoint) {
        throw ModelChecks.refused(table.what() + " has the zero point " + zeroPoint);
      }
      return new Quantization.PerTensor(scales.get(0), (int) zeroPoint);
    }
    if (zeroPoints.stream().anyMatch(zero -> zero != 0)) {
      throw ModelChecks.refused(table.what() + " is per channel with zero points other than 0");
    }
    return new Quantization.PerChannel(scales, axis);
  }
}
