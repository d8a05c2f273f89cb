package org.hilbench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.testkit.SharedData;
import org.hilbench.testkit.TfliteBuilder;
import org.hilbench.testkit.TfliteBuilder.Scales;
import org.hilbench.tflite.TfliteWriter;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.DepthwiseConv2DOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.PackOptionsT;
import org.tensorflow.lite.schema.PadOptionsT;
import org.tensorflow.lite.schema.Pool2DOptionsT;
import org.tensorflow.lite.schema.ReducerOptionsT;
import org.tensorflow.lite.schema.ReshapeOptionsT;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptionsT;
import org.tensorflow.lite.schema.SoftmaxOptionsT;
import org.tensorflow.lite.schema.SplitOptionsT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.SubOptionsT;
import org.tensorflow.lite.schema.TensorType;

/** Sound models that mutants are made of: one of each operator, files that lie beside, networks. */
final class SeedModels {
  private static final byte INT8 = TensorType.INT8;
  private static final Scales SCALES = Scales.of(0.1f, 3);
  private static final int NETWORKS = 6;

  private SeedModels() {}

  static List<byte[]> all() throws Exception {
    List<byte[]> models = new ArrayList<>(operators());
    for (String folder : List.of("hostile_models", "odd_models", "mlperf_tiny")) {
      models.addAll(files(folder));
    }
    Random random = new Random(7);
    for (int i = 0; i < NETWORKS; i++) {
      models.add(
          TfliteWriter.write(
              RandomNetworks.quantized(RandomNetworks.beyondTheSpace(random), random)));
    }
    return models;
  }

  /** Without them, where the checkout lies alone, there are fewer seeds. */
  private static List<byte[]> files(String folder) throws IOException {
    Path path = SharedData.repository().resolveSibling("shared").resolve("data").resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.toString().endsWith(".tflite"))
          .sorted()
          .map(SeedModels::read)
          .toList();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One model of each operator that any kernel set takes. */
  static List<byte[]> operators() {
    List<byte[]> models = new ArrayList<>();
    for (int code : new int[] {BuiltinOperator.ADD, BuiltinOperator.SUB, BuiltinOperator.MUL}) {
      models.add(pair(code, arithmetic(code)));
    }
    for (int code :
        new int[] {
          BuiltinOperator.MAXIMUM, BuiltinOperator.MINIMUM, BuiltinOperator.PRELU,
        }) {
      models.add(pair(code, new Options((byte) 0, new Object())));
    }
    for (int code :
        new int[] {
          BuiltinOperator.LOGISTIC, BuiltinOperator.TANH, BuiltinOperator.RELU,
          BuiltinOperator.RELU6, BuiltinOperator.HARD_SWISH, BuiltinOperator.L2_NORMALIZATION,
          BuiltinOperator.QUANTIZE,
        }) {
      models.add(one(code, new Options((byte) 0, new Object()), new int[] {1, 4, 4, 2}));
    }
    SoftmaxOptionsT softmax = new SoftmaxOptionsT();
    softmax.setBeta(1);
    models.add(
        one(BuiltinOperator.SOFTMAX, new Options(BuiltinOptions.SoftmaxOptions, softmax), 1, 8));
    models.add(convolution(BuiltinOperator.CONV_2D));
    models.add(convolution(BuiltinOperator.DEPTHWISE_CONV_2D));
    models.add(dense());
    models.add(pool(BuiltinOperator.AVERAGE_POOL_2D));
    models.add(pool(BuiltinOperator.MAX_POOL_2D));
    ReshapeOptionsT reshape = new ReshapeOptionsT();
    reshape.setNewShape(new int[] {1, 32});
    models.add(
        indexed(
            BuiltinOperator.RESHAPE,
            new Options(BuiltinOptions.ReshapeOptions, reshape),
            new int[] {1, 32},
            1,
            32));
    models.add(padded());
    ReducerOptionsT mean = new ReducerOptionsT();
    models.add(
        indexed(
            BuiltinOperator.MEAN,
            new Options(BuiltinOptions.ReducerOptions, mean),
            new int[] {1, 2},
            1,
            2));
    models.add(concatenation());
    models.add(packed());
    models.add(stridedSlice());
    ResizeNearestNeighborOptionsT resize = new ResizeNearestNeighborOptionsT();
    models.add(
        indexed(
            BuiltinOperator.RESIZE_NEAREST_NEIGHBOR,
            new Options(BuiltinOptions.ResizeNearestNeighborOptions, resize),
            new int[] {8, 8},
            1,
            8,
            8,
            2));
    models.add(split());
    return models;
  }

  private record Options(byte type, Object value) {}

  private static Options arithmetic(int code) {
    return switch (code) {
      case BuiltinOperator.ADD -> new Options(BuiltinOptions.AddOptions, new AddOptionsT());
      case BuiltinOperator.SUB -> new Options(BuiltinOptions.SubOptions, new SubOptionsT());
      default -> new Options(BuiltinOptions.MulOptions, new MulOptionsT());
    };
  }

  private static int version(int code) {
    return switch (code) {
      case BuiltinOperator.QUANTIZE,
          BuiltinOperator.MAXIMUM,
          BuiltinOperator.MINIMUM,
          BuiltinOperator.PRELU,
          BuiltinOperator.RESHAPE,
          BuiltinOperator.L2_NORMALIZATION,
          BuiltinOperator.HARD_SWISH ->
          1;
      case BuiltinOperator.CONV_2D, BuiltinOperator.DEPTHWISE_CONV_2D -> 3;
      case BuiltinOperator.FULLY_CONNECTED -> 4;
      default -> 2;
    };
  }

  private static byte[] one(int code, Options options, int... shape) {
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, shape);
    int out = builder.activation(INT8, scalesOf(code), shape);
    builder.operator(code, version(code), options.type, options.value, new int[] {in}, out);
    return builder.file(in, out);
  }

  /** Some operators have the scale of their output fixed. */
  private static Scales scalesOf(int code) {
    return switch (code) {
      case BuiltinOperator.SOFTMAX, BuiltinOperator.LOGISTIC -> Scales.of(1f / 256, -128);
      case BuiltinOperator.TANH, BuiltinOperator.L2_NORMALIZATION -> Scales.of(1f / 128, 0);
      default -> SCALES;
    };
  }

  private static byte[] pair(int code, Options options) {
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 4, 4, 2);
    int other = builder.constant(INT8, SCALES, ones(32), 1, 4, 4, 2);
    int out = builder.activation(INT8, SCALES, 1, 4, 4, 2);
    builder.operator(code, version(code), options.type, options.value, new int[] {in, other}, out);
    return builder.file(in, out);
  }

  private static byte[] indexed(int code, Options options, int[] indices, int... output) {
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 4, 4, 2);
    int by = builder.integers(indices);
    int out = builder.activation(INT8, SCALES, output);
    builder.operator(code, version(code), options.type, options.value, new int[] {in, by}, out);
    return builder.file(in, out);
  }

  private static byte[] convolution(int code) {
    boolean depthwise = code == BuiltinOperator.DEPTHWISE_CONV_2D;
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 8, 8, 2);
    int[] shape = depthwise ? new int[] {1, 3, 3, 4} : new int[] {4, 3, 3, 2};
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    int weights = builder.constant(INT8, Scales.of(0.02f, 0), ones(size), shape);
    int bias = builder.constant(TensorType.INT32, Scales.of(0.002f, 0), new byte[16], 4);
    int out = builder.activation(INT8, SCALES, 1, 4, 4, 4);
    builder.operator(
        code,
        version(code),
        depthwise ? BuiltinOptions.DepthwiseConv2DOptions : BuiltinOptions.Conv2DOptions,
        depthwise ? depthwiseOptions() : convolutionOptions(),
        new int[] {in, weights, bias},
        out);
    return builder.file(in, out);
  }

  private static Conv2DOptionsT convolutionOptions() {
    Conv2DOptionsT options = new Conv2DOptionsT();
    options.setStrideH(2);
    options.setStrideW(2);
    return options;
  }

  private static DepthwiseConv2DOptionsT depthwiseOptions() {
    DepthwiseConv2DOptionsT options = new DepthwiseConv2DOptionsT();
    options.setStrideH(2);
    options.setStrideW(2);
    options.setDepthMultiplier(2);
    return options;
  }

  private static byte[] dense() {
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 8);
    int weights = builder.constant(INT8, Scales.of(0.02f, 0), ones(32), 4, 8);
    int bias = builder.constant(TensorType.INT32, Scales.of(0.002f, 0), new byte[16], 4);
    int out = builder.activation(INT8, SCALES, 1, 4);
    builder.operator(
        BuiltinOperator.FULLY_CONNECTED,
        4,
        BuiltinOptions.FullyConnectedOptions,
        new FullyConnectedOptionsT(),
        new int[] {in, weights, bias},
        out);
    return builder.file(in, out);
  }

  private static byte[] pool(int code) {
    Pool2DOptionsT options = new Pool2DOptionsT();
    options.setFilterHeight(2);
    options.setFilterWidth(2);
    options.setStrideH(2);
    options.setStrideW(2);
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 8, 8, 2);
    int out = builder.activation(INT8, SCALES, 1, 4, 4, 2);
    builder.operator(code, 2, BuiltinOptions.Pool2DOptions, options, new int[] {in}, out);
    return builder.file(in, out);
  }

  private static byte[] padded() {
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 4, 4, 2);
    byte[] table = new byte[32];
    table[8] = 1;
    table[20] = 2;
    int by = builder.constant(TensorType.INT32, Scales.of(1, 0), table, 4, 2);
    int out = builder.activation(INT8, SCALES, 1, 5, 6, 2);
    builder.operator(
        BuiltinOperator.PAD,
        2,
        BuiltinOptions.PadOptions,
        new PadOptionsT(),
        new int[] {in, by},
        out);
    return builder.file(in, out);
  }

  private static byte[] concatenation() {
    ConcatenationOptionsT options = new ConcatenationOptionsT();
    options.setAxis(3);
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 4, 4, 2);
    int other = builder.constant(INT8, SCALES, ones(48), 1, 4, 4, 3);
    int out = builder.activation(INT8, SCALES, 1, 4, 4, 5);
    builder.operator(
        BuiltinOperator.CONCATENATION,
        2,
        BuiltinOptions.ConcatenationOptions,
        options,
        new int[] {in, other},
        out);
    return builder.file(in, out);
  }

  private static byte[] packed() {
    PackOptionsT options = new PackOptionsT();
    options.setValuesCount(2);
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 8);
    int other = builder.constant(INT8, SCALES, ones(8), 1, 8);
    int out = builder.activation(INT8, SCALES, 2, 1, 8);
    builder.operator(
        BuiltinOperator.PACK, 2, BuiltinOptions.PackOptions, options, new int[] {in, other}, out);
    return builder.file(in, out);
  }

  private static byte[] stridedSlice() {
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 8);
    int begin = builder.integers(0, 1);
    int end = builder.integers(1, 7);
    int strides = builder.integers(1, 2);
    int out = builder.activation(INT8, SCALES, 1, 3);
    builder.operator(
        BuiltinOperator.STRIDED_SLICE,
        2,
        BuiltinOptions.StridedSliceOptions,
        new StridedSliceOptionsT(),
        new int[] {in, begin, end, strides},
        out);
    return builder.file(in, out);
  }

  private static byte[] split() {
    SplitOptionsT options = new SplitOptionsT();
    options.setNumSplits(1);
    TfliteBuilder builder = new TfliteBuilder();
    int in = builder.activation(INT8, SCALES, 1, 8);
    int axis = builder.integers(1);
    int out = builder.activation(INT8, SCALES, 1, 8);
    builder.operator(
        BuiltinOperator.SPLIT, 2, BuiltinOptions.SplitOptions, options, new int[] {axis, in}, out);
    return builder.file(in, out);
  }

  private static byte[] ones(int count) {
    byte[] ones = new byte[count];
    for (int i = 0; i < count; i++) {
      ones[i] = (byte) (i * 7 % 13 - 6);
    }
    return ones;
  }
}
