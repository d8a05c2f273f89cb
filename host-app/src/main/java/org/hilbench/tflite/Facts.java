package org.hilbench.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hilbench.BenchException;
import org.hilbench.graph.Quantization;
import org.jspecify.annotations.Nullable;

/**
 * One operator with all that its shapes depend on.
 *
 * @param options its options in the file, absent where it has none
 */
record Facts(
    TfliteOperator operator,
    List<TfliteTensor> tensors,
    List<byte[]> constants,
    @Nullable FlatTable options) {

  /** Whether there is such an input; optional ones are left out or named -1. */
  boolean has(int place) {
    return place < operator.inputs().size() && operator.inputs().get(place) >= 0;
  }

  TfliteTensor input(int place) {
    return tensors.get(operator.inputs().get(place));
  }

  TfliteTensor output(int place) {
    return tensors.get(operator.outputs().get(place));
  }

  List<Integer> shape(int place) {
    return input(place).shape();
  }

  int option(int slot, int otherwise) throws BenchException {
    return options == null ? otherwise : options.i32(slot, otherwise);
  }

  int byteOption(int slot) throws BenchException {
    return options == null ? 0 : options.i8(slot, 0);
  }

  /** Values of a constant of indices; empty where it is computed at run time. */
  Optional<long[]> indices(int place) throws BenchException {
    TfliteTensor tensor = input(place);
    boolean wide = tensor.type() == TensorType.INT64;
    if (!wide && tensor.type() != TensorType.INT32) {
      throw refused(tensor.label() + ", its indices, is " + tensor.type());
    }
    if (!tensor.constant()) {
      return Optional.empty();
    }
    ByteBuffer data = ByteBuffer.wrap(constants.get(tensor.index())).order(ByteOrder.LITTLE_ENDIAN);
    int count = Math.toIntExact(tensor.elements());
    return Optional.of(
        IntStream.range(0, count)
            .mapToLong(i -> wide ? data.getLong(8 * i) : data.getInt(4 * i))
            .toArray());
  }

  /** The only scale of a tensor; 1 where it has none or several. */
  static double scale(TfliteTensor tensor) {
    return tensor.quantization() instanceof Quantization.PerTensor scheme ? scheme.scale() : 1;
  }

  /** An axis of a shape, counted from its end where negative. */
  int axis(long stated, int rank) throws BenchException {
    if (stated < -rank || stated >= rank) {
      throw refused("has the axis " + stated + " where there are " + rank);
    }
    return (int) (stated < 0 ? stated + rank : stated);
  }

  void require(boolean holds, String otherwise) throws BenchException {
    if (!holds) {
      throw refused(otherwise);
    }
  }

  BenchException refused(String why) {
    return ModelChecks.refused(operator.label() + " " + why);
  }
}
