package org.hilbench.cli;

import com.google.flatbuffers.FlatBufferBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.BufferT;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

/** Changes models field by field, so that they stay flatbuffers; some get bytes flipped on top. */
final class ModelMutator {
  private static final int[] SIDES = {0, 1, 2, 3, 5, 7, 16, 255, 4000, 32768, 1 << 24, -1};
  private static final int[] INTS = {
    0,
    1,
    -1,
    2,
    3,
    4,
    8,
    31,
    127,
    -128,
    255,
    1 << 15,
    1 << 16,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };
  private static final float[] FLOATS = {
    0, -1, 1, 1e-30f, 1e30f, 3e38f, Float.MIN_VALUE, Float.NaN, Float.POSITIVE_INFINITY, 0.003f, 127
  };
  private static final int[] CODES = {
    0, 1, 2, 3, 4, 6, 9, 14, 17, 18, 19, 21, 22, 25, 28, 34, 39, 40, 41, 45, 49, 54, 55, 56, 57, 60,
    65, 71, 73, 83, 88, 97, 114, 117, 118
  };

  private final Random random;

  ModelMutator(long seed) {
    this.random = new Random(seed);
  }

  /** A mutant; a file that cannot be taken apart is changed byte by byte. */
  byte[] mutant(byte[] seed) {
    byte[] mutant = structured(seed);
    if (random.nextInt(4) == 0) {
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        int at = random.nextInt(mutant.length);
        mutant[at] =
            (byte) (random.nextBoolean() ? mutant[at] ^ 1 << random.nextInt(8) : random.nextInt());
      }
    }
    if (random.nextInt(40) == 0) {
      mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length + 1));
    }
    return mutant;
  }

  private byte[] structured(byte[] seed) {
    try {
      ModelT model = Model.getRootAsModel(ByteBuffer.wrap(seed)).unpack();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        change(model);
      }
      FlatBufferBuilder builder = new FlatBufferBuilder(seed.length + 1024);
      builder.finish(Model.pack(builder, model), "TFL3");
      return builder.sizedByteArray();
    } catch (RuntimeException e) {
      return seed.clone(); // what the schema's own classes cannot write, flips of bytes can
    }
  }

  private void change(ModelT model) {
    SubGraphT graph = any(model.getSubgraphs());
    TensorT tensor = any(graph.getTensors());
    OperatorT operator = any(graph.getOperators());
    switch (random.nextInt(14)) {
      case 0, 1 -> tensor.setShape(shape(tensor.getShape()));
      case 2 -> tensor.setType((byte) random.nextInt(20));
      case 3, 4 -> quantization(tensor.getQuantization());
      case 5 -> tensor.setBuffer(random.nextInt(model.getBuffers().length + 1));
      case 6 -> data(model.getBuffers()[(int) tensor.getBuffer()]);
      case 7 -> operator.setInputs(indices(operator.getInputs(), graph.getTensors().length));
      case 8 -> operator.setOutputs(indices(operator.getOutputs(), graph.getTensors().length));
      case 9 -> code(any(model.getOperatorCodes()));
      case 10, 11 -> options(operator.getBuiltinOptions());
      case 12 -> graph(graph);
      default -> tensor.setIsVariable(random.nextBoolean());
    }
  }

  private int[] shape(int @Nullable [] old) {
    int[] shape = old == null ? new int[0] : old.clone();
    switch (random.nextInt(5)) {
      case 0 -> shape = Arrays.copyOf(shape, random.nextInt(7));
      case 1 -> shape = Stream.of(shape).flatMapToInt(Arrays::stream).sorted().toArray();
      default -> {
        if (shape.length > 0) {
          int at = random.nextInt(shape.length);
          shape[at] =
              random.nextBoolean()
                  ? SIDES[random.nextInt(SIDES.length)]
                  : shape[at] + random.nextInt(5) - 2;
        }
      }
    }
    return shape;
  }

  private void quantization(@Nullable QuantizationParametersT quantization) {
    if (quantization == null) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> quantization.setQuantizedDimension(number());
      case 1 -> {
        long[] zeros = new long[random.nextInt(3)];
        Arrays.setAll(zeros, i -> random.nextBoolean() ? number() : random.nextLong());
        quantization.setZeroPoint(zeros);
      }
      case 2 -> {
        float[] scales = new float[random.nextInt(6)];
        for (int i = 0; i < scales.length; i++) {
          scales[i] = real();
        }
        quantization.setScale(scales);
      }
      default -> {
        float[] scales = quantization.getScale();
        if (scales != null && scales.length > 0) {
          scales[random.nextInt(scales.length)] = real();
        }
      }
    }
  }

  /** Also of index tensors: whole numbers of 32 bits change as such. */
  private void data(BufferT buffer) {
    int[] data = buffer.getData();
    if (data == null || data.length == 0) {
      buffer.setData(new int[random.nextInt(16)]);
      return;
    }
    int at = random.nextInt(data.length) / 4 * 4;
    int value = number();
    for (int i = 0; i < 4 && at + i < data.length; i++) {
      data[at + i] = (value >> (8 * i)) & 0xff;
    }
    buffer.setData(
        random.nextInt(5) == 0 ? Arrays.copyOf(data, random.nextInt(data.length + 8)) : data);
  }

  private int[] indices(int @Nullable [] old, int tensors) {
    int[] indices = old == null ? new int[0] : old.clone();
    if (random.nextInt(3) == 0) {
      return Arrays.copyOf(indices, Math.max(0, indices.length + random.nextInt(3) - 1));
    }
    if (indices.length > 0) {
      indices[random.nextInt(indices.length)] = random.nextInt(tensors + 2) - 1;
    }
    return indices;
  }

  private void code(OperatorCodeT code) {
    if (random.nextBoolean()) {
      code.setVersion(random.nextInt(4) == 0 ? number() : 1 + random.nextInt(9));
    } else {
      int other = CODES[random.nextInt(CODES.length)];
      code.setBuiltinCode(other);
      code.setDeprecatedBuiltinCode((byte) other);
    }
  }

  /** Any field of whatever options there are, by its setter. */
  private void options(@Nullable BuiltinOptionsUnion options) {
    if (options == null || options.getValue() == null) {
      return;
    }
    if (random.nextInt(10) == 0) {
      options.setType((byte) random.nextInt(100));
      return;
    }
    List<Method> setters =
        Arrays.stream(options.getValue().getClass().getMethods())
            .filter(method -> method.getName().startsWith("set"))
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
            .toList();
    if (setters.isEmpty()) {
      return;
    }
    Method setter = setters.get(random.nextInt(setters.size()));
    try {
      setter.invoke(options.getValue(), value(setter.getParameterTypes()[0]));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object value(Class<?> type) {
    if (type == int.class) {
      return random.nextBoolean() ? number() : random.nextInt(6);
    }
    if (type == byte.class) {
      return (byte) random.nextInt(7);
    }
    if (type == float.class) {
      return real();
    }
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    int[] numbers = new int[random.nextInt(6)];
    Arrays.setAll(numbers, i -> number());
    return numbers;
  }

  private void graph(SubGraphT graph) {
    switch (random.nextInt(4)) {
      case 0 -> graph.setInputs(indices(graph.getInputs(), graph.getTensors().length));
      case 1 -> graph.setOutputs(indices(graph.getOutputs(), graph.getTensors().length));
      case 2 -> {
        OperatorT[] more = Arrays.copyOf(graph.getOperators(), graph.getOperators().length + 1);
        more[more.length - 1] = any(graph.getOperators());
        graph.setOperators(more);
      }
      default ->
          graph.setOperators(Arrays.copyOf(graph.getOperators(), graph.getOperators().length - 1));
    }
  }

  private int number() {
    return random.nextInt(3) == 0 ? random.nextInt(17) - 8 : INTS[random.nextInt(INTS.length)];
  }

  private float real() {
    return random.nextBoolean()
        ? FLOATS[random.nextInt(FLOATS.length)]
        : (float) Math.exp(random.nextGaussian() * 6 - 3);
  }

  private <T> T any(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
