package org.hilbench.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hilbench.testkit.TfliteBuilder;
import org.hilbench.testkit.TfliteBuilder.Scales;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.DepthwiseConv2DOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.HardSwishOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.PadOptionsT;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.Pool2DOptionsT;
import org.tensorflow.lite.schema.QuantizeOptionsT;
import org.tensorflow.lite.schema.ReducerOptionsT;
import org.tensorflow.lite.schema.ReshapeOptionsT;
import org.tensorflow.lite.schema.SoftmaxOptionsT;
import org.tensorflow.lite.schema.SubOptionsT;
import org.tensorflow.lite.schema.TensorType;

/**
 * A model that grows operator by operator, each reading what the one before it wrote. Weights are
 * random; their scales are such that outputs spread about as inputs do.
 */
final class OperatorChain {
  static final byte NONE = ActivationFunctionType.NONE;
  static final byte RELU = ActivationFunctionType.RELU;
  static final byte RELU6 = ActivationFunctionType.RELU6;

  /** About the standard deviation of random weights. */
  private static final double WEIGHT = 74;

  private static final double WEIGHT4 = 4.6;

  private final TfliteBuilder file = new TfliteBuilder();
  private final SplittableRandom random;
  private final int input;
  private final int inputBytes;
  private int tensor;
  private byte type = TensorType.INT8;
  private float scale;
  private int zeroPoint;
  private int[] shape;
  private boolean fourBits;

  OperatorChain(SplittableRandom random, int... shape) {
    this.random = random;
    this.shape = shape;
    this.scale = 0x1.1p-3f;
    this.zeroPoint = -9;
    this.input = file.activation(type, Scales.of(scale, zeroPoint), shape);
    this.inputBytes = elements(shape);
    this.tensor = input;
  }

  byte[] file() {
    return file.file(input, tensor);
  }

  byte[] randomInput() {
    byte[] bytes = new byte[inputBytes];
    random.nextBytes(bytes);
    return bytes;
  }

  int[] shape() {
    return shape.clone();
  }

  /** Weights of the layers from here on have 4 bits. */
  OperatorChain withFourBitWeights() {
    fourBits = true;
    return this;
  }

  OperatorChain conv(int kernel, int stride, int channels, boolean same, byte activation) {
    return convolution(kernel, stride, channels, same, activation, 1, WEIGHT);
  }

  /** A 1x1 convolution whose factor is above a half: weights are -1, 0 and 1. */
  OperatorChain convOfLargeFactor(int channels) {
    return convolution(1, 1, channels, true, NONE, 1, 0.8);
  }

  OperatorChain groupedConv(int kernel, int channels, int groups) {
    return convolution(kernel, 1, channels, true, NONE, groups, WEIGHT);
  }

  private OperatorChain convolution(
      int kernel, int stride, int channels, boolean same, byte activation, int groups, double w) {
    int depth = shape[3] / groups;
    int[] to = {shape[0], out(shape[1], kernel, stride, same), 0, channels};
    to[2] = out(shape[2], kernel, stride, same);
    Layer layer = layer(kernel * kernel * depth, channels, w, 0);
    int[] inputs = layer.inputs(0, new int[] {channels, kernel, kernel, depth}, /* dimension= */ 0);
    Conv2DOptionsT options = new Conv2DOptionsT();
    options.setStrideH(stride);
    options.setStrideW(stride);
    options.setDilationHFactor(1);
    options.setDilationWFactor(1);
    options.setPadding(same ? Padding.SAME : Padding.VALID);
    options.setFusedActivationFunction(activation);
    write(to, layer.out, activation);
    return operator(BuiltinOperator.CONV_2D, 3, BuiltinOptions.Conv2DOptions, options, inputs);
  }

  OperatorChain depthwise(int kernel, int stride, int multiplier, boolean same, int dilation) {
    return depthwise(kernel, stride, multiplier, same, dilation, NONE);
  }

  OperatorChain depthwise(
      int kernel, int stride, int multiplier, boolean same, int dilation, byte activation) {
    int reach = (kernel - 1) * dilation + 1;
    int channels = shape[3] * multiplier;
    int[] to = {shape[0], out(shape[1], reach, stride, same), 0, channels};
    to[2] = out(shape[2], reach, stride, same);
    Layer layer = layer(kernel * kernel, channels, WEIGHT, 0);
    int[] inputs = layer.inputs(0, new int[] {1, kernel, kernel, channels}, 3);
    DepthwiseConv2DOptionsT options = new DepthwiseConv2DOptionsT();
    options.setStrideH(stride);
    options.setStrideW(stride);
    options.setDepthMultiplier(multiplier);
    options.setDilationHFactor(dilation);
    options.setDilationWFactor(dilation);
    options.setPadding(same ? Padding.SAME : Padding.VALID);
    options.setFusedActivationFunction(activation);
    write(to, layer.out, activation);
    return operator(
        BuiltinOperator.DEPTHWISE_CONV_2D,
        3,
        BuiltinOptions.DepthwiseConv2DOptions,
        options,
        inputs);
  }

  /** Over rows of `depth` inputs; a weight zero point other than 0 takes one scale. */
  OperatorChain dense(int depth, int outputs, byte activation, int weightZeroPoint) {
    int rows = elements(shape) / depth;
    Layer layer = layer(depth, outputs, WEIGHT, weightZeroPoint);
    int[] inputs = layer.inputs(weightZeroPoint, new int[] {outputs, depth}, 0);
    FullyConnectedOptionsT options = new FullyConnectedOptionsT();
    options.setFusedActivationFunction(activation);
    write(new int[] {rows, outputs}, layer.out, activation);
    return operator(
        BuiltinOperator.FULLY_CONNECTED, 4, BuiltinOptions.FullyConnectedOptions, options, inputs);
  }

  OperatorChain add(Kept other, byte activation) {
    int[] inputs = {tensor, other.tensor};
    AddOptionsT options = new AddOptionsT();
    options.setFusedActivationFunction(activation);
    options.setPotScaleInt16(false);
    write(shape, 0.9f * (float) Math.hypot(scale, other.scale), activation);
    return operator(
        BuiltinOperator.ADD,
        type == TensorType.INT16 ? 4 : 2,
        BuiltinOptions.AddOptions,
        options,
        inputs);
  }

  OperatorChain subtract(Kept other) {
    int[] inputs = {tensor, other.tensor};
    write(shape, 0.9f * (float) Math.hypot(scale, other.scale), NONE);
    return operator(BuiltinOperator.SUB, 2, BuiltinOptions.SubOptions, new SubOptionsT(), inputs);
  }

  /** One slope a channel. */
  OperatorChain prelu() {
    byte[] slopes = new byte[shape[3]];
    random.nextBytes(slopes);
    Scales scales = Scales.of(0x1.3p-7f, -7);
    int[] inputs = {tensor, file.constant(TensorType.INT8, scales, slopes, 1, 1, shape[3])};
    write(shape, scale * 0.8f, NONE);
    return operator(BuiltinOperator.PRELU, 1, (byte) 0, null, inputs);
  }

  OperatorChain tanh() {
    int[] inputs = {tensor};
    fixed(1f / 128, 0);
    return operator(BuiltinOperator.TANH, 2, (byte) 0, null, inputs);
  }

  OperatorChain multiply(int with, float withScale) {
    int[] inputs = {tensor, with};
    write(shape, scale * withScale * 50, NONE);
    MulOptionsT options = new MulOptionsT();
    return operator(BuiltinOperator.MUL, 2, BuiltinOptions.MulOptions, options, inputs);
  }

  /** One constant factor a channel. */
  OperatorChain scaleChannels() {
    byte[] factors = new byte[shape[3]];
    random.nextBytes(factors);
    float step = 0x1.3p-6f;
    return multiply(
        file.constant(TensorType.INT8, Scales.of(step, 11), factors, 1, 1, 1, shape[3]), step);
  }

  OperatorChain pool(int code, int size, int stride, boolean same, byte activation) {
    int[] inputs = {tensor};
    Pool2DOptionsT options = new Pool2DOptionsT();
    options.setFilterHeight(size);
    options.setFilterWidth(size);
    options.setStrideH(stride);
    options.setStrideW(stride);
    options.setPadding(same ? Padding.SAME : Padding.VALID);
    options.setFusedActivationFunction(activation);
    int[] to = {shape[0], out(shape[1], size, stride, same), 0, shape[3]};
    to[2] = out(shape[2], size, stride, same);
    moved(to);
    return operator(
        code, type == TensorType.INT16 ? 3 : 2, BuiltinOptions.Pool2DOptions, options, inputs);
  }

  OperatorChain pad(int before, int after) {
    int paddings =
        file.integers(new int[] {4, 2}, new int[] {0, 0, before, after, after, before, 0, 0});
    int[] inputs = {tensor, paddings};
    moved(shape[0], shape[1] + before + after, shape[2] + before + after, shape[3]);
    return operator(BuiltinOperator.PAD, 1, BuiltinOptions.PadOptions, new PadOptionsT(), inputs);
  }

  OperatorChain concatenateWith(Kept other) {
    int[] inputs = {tensor, other.tensor, tensor};
    ConcatenationOptionsT options = new ConcatenationOptionsT();
    options.setAxis(3);
    moved(shape[0], shape[1], shape[2], 2 * shape[3] + other.channels());
    return operator(
        BuiltinOperator.CONCATENATION, 1, BuiltinOptions.ConcatenationOptions, options, inputs);
  }

  OperatorChain relu(int code) {
    int[] inputs = {tensor};
    moved(shape);
    return operator(code, 2, (byte) 0, null, inputs);
  }

  OperatorChain hardSwish() {
    int[] inputs = {tensor};
    write(shape, scale * 0.6f, NONE);
    return operator(
        BuiltinOperator.HARD_SWISH,
        1,
        BuiltinOptions.HardSwishOptions,
        new HardSwishOptionsT(),
        inputs);
  }

  OperatorChain logistic() {
    int[] inputs = {tensor};
    fixed(1f / 256, Byte.MIN_VALUE);
    return operator(BuiltinOperator.LOGISTIC, 2, (byte) 0, null, inputs);
  }

  OperatorChain softmax() {
    int[] inputs = {tensor};
    fixed(1f / 256, Byte.MIN_VALUE);
    SoftmaxOptionsT options = new SoftmaxOptionsT();
    options.setBeta(1);
    return operator(BuiltinOperator.SOFTMAX, 2, BuiltinOptions.SoftmaxOptions, options, inputs);
  }

  OperatorChain mean() {
    int axes = file.integers(1, 2);
    int[] inputs = {tensor, axes};
    ReducerOptionsT options = new ReducerOptionsT();
    options.setKeepDims(true);
    write(new int[] {shape[0], 1, 1, shape[3]}, scale / 3, NONE);
    return operator(BuiltinOperator.MEAN, 2, BuiltinOptions.ReducerOptions, options, inputs);
  }

  OperatorChain reshape(int... to) {
    int wanted = file.integers(to);
    int[] inputs = {tensor, wanted};
    ReshapeOptionsT options = new ReshapeOptionsT();
    options.setNewShape(to);
    moved(to);
    return operator(BuiltinOperator.RESHAPE, 1, BuiltinOptions.ReshapeOptions, options, inputs);
  }

  /** QUANTIZE to other scales of the same type, or to another type. */
  OperatorChain quantize(byte to) {
    int[] inputs = {tensor};
    boolean narrow = to == TensorType.INT8;
    boolean same = to == type;
    float steps = same ? 0.83f : narrow ? 251 : 1 / 253f;
    type = to;
    write(shape, scale * steps, NONE);
    int version = narrow || same ? 3 : 4;
    return operator(
        BuiltinOperator.QUANTIZE,
        version,
        BuiltinOptions.QuantizeOptions,
        new QuantizeOptionsT(),
        inputs);
  }

  /** A tensor that a later operator reads beside the one before it. */
  record Kept(int tensor, float scale, int channels) {}

  Kept keep() {
    return new Kept(tensor, scale, shape[shape.length - 1]);
  }

  /** What the next operator writes: a new scale and zero point. */
  private void write(int[] to, float newScale, byte activation) {
    boolean wide = type == TensorType.INT16;
    int zero = activation == NONE ? random.nextInt(-30, 30) : -40;
    fixedTo(to, newScale, wide ? 0 : zero);
  }

  private void fixed(float newScale, int newZeroPoint) {
    fixedTo(shape, newScale, newZeroPoint);
  }

  private void moved(int... to) {
    fixedTo(to, scale, zeroPoint);
  }

  private void fixedTo(int[] to, float newScale, int newZeroPoint) {
    shape = to.clone();
    scale = newScale;
    zeroPoint = newZeroPoint;
  }

  private OperatorChain operator(
      int code, int version, byte kind, @Nullable Object options, int[] inputs) {
    tensor = file.activation(type, Scales.of(scale, zeroPoint), shape);
    file.operator(code, version, kind, options, inputs, tensor);
    return this;
  }

  private Layer layer(int depth, int channels, double deviation, int weightZeroPoint) {
    return new Layer(depth, channels, deviation, weightZeroPoint != 0);
  }

  /** Weights and biases of a layer, and the scale of what it writes. */
  private final class Layer {
    private final int depth;
    private final int channels;
    private final boolean ternary;
    private final List<Float> scales;
    private final float out;

    private Layer(int depth, int channels, double deviation, boolean perTensor) {
      this.depth = depth;
      this.channels = channels;
      this.ternary = deviation < 1;
      double weights = ternary || !fourBits ? deviation : WEIGHT4;
      List<Float> each = new ArrayList<>();
      for (int i = 0; i < (perTensor ? 1 : channels); i++) {
        each.add((float) ((0.7 + 0.6 * random.nextDouble()) / (Math.sqrt(depth) * weights)));
      }
      this.scales = Collections.unmodifiableList(each);
      this.out = scale * (0.8f + 0.3f * (float) random.nextDouble());
    }

    int[] inputs(int weightZeroPoint, int[] weightShape, int dimension) {
      byte weightType = fourBits ? TfliteBuilder.INT4 : TensorType.INT8;
      int weights =
          file.constant(
              weightType, new Scales(scales, weightZeroPoint, dimension), weights(), weightShape);
      return new int[] {tensor, weights, bias()};
    }

    private byte[] weights() {
      int count = depth * channels;
      byte[] bytes = new byte[fourBits ? (count + 1) / 2 : count];
      random.nextBytes(bytes);
      for (int i = 0; ternary && i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt(-1, 2);
      }
      if (fourBits && count % 2 == 1) {
        bytes[bytes.length - 1] &= 0x0f;
      }
      return bytes;
    }

    private int bias() {
      boolean wide = type == TensorType.INT16;
      ByteBuffer bytes =
          ByteBuffer.allocate(channels * (wide ? Long.BYTES : Integer.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      int most = (int) Math.max(2, out / (scale * scales.get(0)) * (wide ? 4000 : 20));
      for (int i = 0; i < channels; i++) {
        int value = random.nextInt(-most, most);
        if (wide) {
          bytes.putLong(value);
        } else {
          bytes.putInt(value);
        }
      }
      float read = scale;
      List<Float> products = scales.stream().map(one -> one * read).toList();
      return file.constant(
          wide ? TensorType.INT64 : TensorType.INT32,
          new Scales(products, 0, 0),
          bytes.array(),
          channels);
    }
  }

  private static int out(int in, int kernel, int stride, boolean same) {
    return same ? (in + stride - 1) / stride : (in - kernel) / stride + 1;
  }

  private static int elements(int[] shape) {
    return IntStream.of(shape).reduce(1, Math::multiplyExact);
  }
}
