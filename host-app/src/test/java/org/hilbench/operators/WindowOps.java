package org.hilbench.operators;

import org.hilbench.operators.Sketch.T;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.DepthwiseConv2DOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.Pool2DOptionsT;
import org.tensorflow.lite.schema.ReducerOptionsT;

/** Convolutions, FULLY_CONNECTED, pools, MEAN: what sums over a window. */
final class WindowOps {
  private final Sketch sketch;
  private final Chance chance;

  WindowOps(Sketch sketch, Chance chance) {
    this.sketch = sketch;
    this.chance = chance;
  }

  private record Window(
      int height, int width, int strideH, int strideW, int dilationH, int dilationW) {}

  private Window window() {
    boolean dilated = chance.percent(20);
    return new Window(
        chance.in(1, 5),
        chance.in(1, 5),
        chance.percent(70) ? 1 : chance.in(1, 3),
        chance.percent(70) ? 1 : chance.in(1, 3),
        dilated ? chance.in(1, 3) : 1,
        dilated ? chance.in(1, 3) : 1);
  }

  /** Or SAME, where VALID leaves nothing. */
  private byte padding(T in, Window w) {
    boolean fits =
        in.shape()[1] >= (w.height - 1) * w.dilationH + 1
            && in.shape()[2] >= (w.width - 1) * w.dilationW + 1;
    return fits ? chance.padding() : Padding.SAME;
  }

  private static int out(int in, int kernel, int stride, int dilation, byte padding) {
    int reach = (kernel - 1) * dilation + 1;
    return padding == Padding.SAME ? (in + stride - 1) / stride : (in - reach + stride) / stride;
  }

  private int[] outShape(T in, Window w, byte padding, int channels) {
    return new int[] {
      in.shape()[0],
      out(in.shape()[1], w.height, w.strideH, w.dilationH, padding),
      out(in.shape()[2], w.width, w.strideW, w.dilationW, padding),
      channels
    };
  }

  T conv(T in) {
    Window w = window();
    byte padding = padding(in, w);
    int depth = in.last();
    int groups = chance.percent(8) && depth % 2 == 0 ? 2 : 1;
    int channels = groups * chance.in(1, 12);
    Weights weights =
        weights(in, new int[] {channels, w.height, w.width, depth / groups}, 0, channels);
    Conv2DOptionsT options = new Conv2DOptionsT();
    options.setPadding(padding);
    options.setStrideH(w.strideH);
    options.setStrideW(w.strideW);
    options.setDilationHFactor(w.dilationH);
    options.setDilationWFactor(w.dilationW);
    options.setFusedActivationFunction(chance.activation());
    int version =
        weights.narrow ? 7 : in.type() == Sketch.INT16 ? 4 : chance.of(1, 2, 3, 3, 3, 5, 6);
    return layer(
        in,
        weights,
        BuiltinOperator.CONV_2D,
        version,
        BuiltinOptions.Conv2DOptions,
        options,
        outShape(in, w, padding, channels),
        w.height * w.width * depth / groups);
  }

  T depthwise(T in) {
    Window w = window();
    if (chance.percent(60)) {
      int stride = w.strideH;
      w = new Window(w.height, w.width, stride, stride, w.dilationH, w.dilationW);
    }
    byte padding = padding(in, w);
    int multiplier = chance.percent(75) ? 1 : chance.in(2, 3);
    int channels = in.last() * multiplier;
    Weights weights = weights(in, new int[] {1, w.height, w.width, channels}, 3, channels);
    DepthwiseConv2DOptionsT options = new DepthwiseConv2DOptionsT();
    options.setPadding(padding);
    options.setStrideH(w.strideH);
    options.setStrideW(w.strideW);
    options.setDepthMultiplier(multiplier);
    options.setDilationHFactor(w.dilationH);
    options.setDilationWFactor(w.dilationW);
    options.setFusedActivationFunction(chance.activation());
    int version = weights.narrow ? 7 : in.type() == Sketch.INT16 ? 5 : chance.of(1, 2, 3, 3, 3, 6);
    return layer(
        in,
        weights,
        BuiltinOperator.DEPTHWISE_CONV_2D,
        version,
        BuiltinOptions.DepthwiseConv2DOptions,
        options,
        outShape(in, w, padding, channels),
        w.height * w.width);
  }

  T fullyConnected(T in) {
    boolean keep = in.rank() > 1 && chance.percent(12);
    int depth =
        keep || in.rank() == 1 || chance.percent(30) ? in.last() : in.elements() / in.shape()[0];
    int rows = in.elements() / depth;
    int channels = chance.in(1, 24);
    Weights weights = weights(in, new int[] {channels, depth}, 0, channels);
    FullyConnectedOptionsT options = new FullyConnectedOptionsT();
    options.setFusedActivationFunction(chance.activation());
    options.setKeepNumDims(keep);
    int[] shape = {rows, channels};
    if (keep) {
      shape = in.shape().clone();
      shape[shape.length - 1] = channels;
    }
    int version =
        weights.narrow ? 7 : in.type() == Sketch.INT16 ? 7 : chance.of(1, 2, 3, 4, 4, 4, 5, 12);
    return layer(
        in,
        weights,
        BuiltinOperator.FULLY_CONNECTED,
        version,
        BuiltinOptions.FullyConnectedOptions,
        options,
        shape,
        depth);
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Weights(int index, float[] scales, int channels, boolean narrow) {}

  private Weights weights(T in, int[] shape, int axis, int channels) {
    boolean narrow = in.type() == Sketch.INT8 && chance.percent(20);
    boolean perChannel = chance.percent(75) || narrow;
    float base = chance.percent(90) ? chance.in(1, 100) / 1000f : chance.scale();
    float[] scales = new float[perChannel ? channels : 1];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = base * (chance.percent(3) ? 1e-4f : 0.2f + chance.below(100) / 50f);
    }
    int count = Sketch.product(shape);
    int zero = !perChannel && chance.percent(5) ? chance.in(-10, 10) : 0;
    byte type = narrow ? Sketch.INT4 : Sketch.INT8;
    byte[] data =
        narrow ? chance.bytes((count + 1) / 2) : chance.weights(count, chance.of(127, 127, 20));
    if (narrow && count % 2 == 1) {
      data[data.length - 1] &= 15;
    }
    return new Weights(
        sketch.tensor(shape, type, scales, zero, axis, data), scales, channels, narrow);
  }

  private T layer(
      T in, Weights w, int code, int version, byte type, Object options, int[] shape, int terms) {
    boolean wide = in.type() == Sketch.INT16;
    float natural = in.scale() * w.scales[0] * (float) Math.sqrt(terms) * (wide ? 100 : 30);
    float scale = chance.percent(85) ? natural : chance.scale();
    T output = sketch.activation(shape, in.type(), scale, wide ? 0 : chance.zeroPoint());
    int[] inputs = {in.index(), w.index, bias(in, w, terms)};
    if (inputs[2] == -2) {
      inputs = new int[] {in.index(), w.index};
    }
    sketch.operator(code, version, type, options, inputs, output.index());
    return output;
  }

  /** -1 or -2 for none: left out in either way. */
  private int bias(T in, Weights w, int terms) {
    if (chance.percent(12)) {
      return chance.of(-1, -2);
    }
    boolean wide = in.type() == Sketch.INT16;
    float[] scales = new float[w.scales.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = in.scale() * w.scales[i];
    }
    int most = chance.percent(90) ? 200 * terms : 1 << chance.in(1, 27);
    byte[] data = chance.biases(w.channels, wide ? Long.BYTES : Integer.BYTES, most);
    byte type = wide ? Sketch.INT64 : Sketch.INT32;
    return sketch.tensor(new int[] {w.channels}, type, scales, 0, 0, data);
  }

  T pool(T in) {
    Window w = window();
    w = new Window(w.height, w.width, chance.in(1, 3), chance.in(1, 3), 1, 1);
    if (chance.percent(20)) {
      w = new Window(in.shape()[1], in.shape()[2], in.shape()[1], in.shape()[2], 1, 1);
    }
    byte padding = padding(in, w);
    boolean average = chance.percent(50);
    Pool2DOptionsT options = new Pool2DOptionsT();
    options.setPadding(padding);
    options.setFilterHeight(w.height);
    options.setFilterWidth(w.width);
    options.setStrideH(w.strideH);
    options.setStrideW(w.strideW);
    options.setFusedActivationFunction(chance.activation());
    T output = sketch.like(in, outShape(in, w, padding, in.last()));
    if (chance.percent(5)) {
      output = sketch.activation(output.shape(), in.type(), in.scale() * 1.5f, in.zeroPoint());
    }
    sketch.operator(
        average ? BuiltinOperator.AVERAGE_POOL_2D : BuiltinOperator.MAX_POOL_2D,
        in.type() == Sketch.INT16 ? 3 : chance.of(1, 2, 2, 2, 3),
        BuiltinOptions.Pool2DOptions,
        options,
        new int[] {in.index()},
        output.index());
    return output;
  }

  T mean(T in) {
    int rank = in.rank();
    int mask = rank == 4 && chance.percent(50) ? 6 : chance.in(1, (1 << rank) - 1);
    int[] axes =
        java.util.stream.IntStream.range(0, rank).filter(i -> (mask >> i & 1) != 0).toArray();
    boolean keep = chance.percent(50);
    int[] shape =
        java.util.stream.IntStream.range(0, rank)
            .filter(i -> keep || (mask >> i & 1) == 0)
            .map(i -> (mask >> i & 1) != 0 ? 1 : in.shape()[i])
            .toArray();
    if (chance.percent(20)) {
      axes[0] -= rank;
    }
    ReducerOptionsT options = new ReducerOptionsT();
    options.setKeepDims(keep);
    boolean same = chance.percent(40);
    T output =
        sketch.activation(
            shape,
            in.type(),
            same
                ? in.scale()
                : chance.percent(80) ? in.scale() * chance.in(3, 20) / 10f : chance.scale(),
            same || in.type() == Sketch.INT16 ? in.zeroPoint() : chance.zeroPoint());
    int index = sketch.ints(new int[] {axes.length}, axes);
    sketch.operator(
        BuiltinOperator.MEAN,
        chance.of(1, 2, 2, 2, 3),
        BuiltinOptions.ReducerOptions,
        options,
        new int[] {in.index(), index},
        output.index());
    return output;
  }
}
