package org.hilbench.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hilbench.testkit.TfliteBuilder;
import org.hilbench.testkit.TfliteBuilder.Scales;
import org.hilbench.tflite.Width;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.QuantizeOptionsT;
import org.tensorflow.lite.schema.TensorType;

/**
 * A random FULLY_CONNECTED layer, and the same layer as a CONV_2D of 1x1: TensorFlow Lite's own
 * kernel of that one has the rounding that TensorFlow Lite Micro has in both.
 */
public final class DenseLayers {
  /** Values of one significant digit, so that products of scales are exact in floats too. */
  private static final float[] STEPS = {0x1p-7f, 0x1.8p-6f, 0x1.4p-5f, 0x1p-4f, 0x1.cp-8f};

  private static final byte[] ACTIVATIONS = {
    ActivationFunctionType.NONE,
    ActivationFunctionType.NONE,
    ActivationFunctionType.RELU,
    ActivationFunctionType.RELU6,
    ActivationFunctionType.RELU_N1_TO_1
  };

  final Width width;
  final int rows;
  final int depth;
  final int outputs;
  private final boolean keepDims;
  private final boolean biased;
  private final byte activation;
  private final Scales in;
  private final Scales weights;
  private final Scales out;
  private final byte[] weightBytes;
  private final byte[] biasBytes;
  final byte[] input;

  public DenseLayers(Width width, SplittableRandom random) {
    this.width = width;
    this.rows = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
    this.depth = 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 40);
    this.outputs = 1 + random.nextInt(20);
    this.keepDims = random.nextInt(3) == 0;
    this.biased = random.nextInt(4) > 0;
    this.activation = ACTIVATIONS[random.nextInt(ACTIVATIONS.length)];
    boolean wide = width == Width.INT16;
    this.in = Scales.of(step(random), wide ? 0 : random.nextInt(-128, 128));
    boolean perChannel = outputs > 1 && random.nextInt(3) > 0;
    List<Float> scales = new ArrayList<>();
    for (int i = 0; i < (perChannel ? outputs : 1); i++) {
      scales.add(step(random) * (perChannel ? 1 + random.nextFloat() : 1));
    }
    this.weights = new Scales(scales, 0, 0);
    double spread = Math.sqrt(depth) * 70 * (width == Width.WEIGHTS4 ? 5 : 70) / (wide ? 100 : 60);
    float to = (float) (in.scales().get(0) * scales.get(0) * spread * (0.5 + random.nextDouble()));
    this.out = Scales.of(to, wide ? 0 : random.nextInt(-128, 128));
    this.input = new byte[rows * depth];
    random.nextBytes(input);
    int count = outputs * depth;
    this.weightBytes = new byte[width == Width.WEIGHTS4 ? (count + 1) / 2 : count];
    random.nextBytes(weightBytes);
    if (width == Width.WEIGHTS4 && count % 2 == 1) {
      weightBytes[weightBytes.length - 1] &= 0x0f;
    }
    this.biasBytes = biases(random);
  }

  private byte[] biases(SplittableRandom random) {
    boolean wide = width == Width.INT16;
    ByteBuffer bytes =
        ByteBuffer.allocate(outputs * (wide ? Long.BYTES : Integer.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    int most = 2000 * (int) Math.sqrt(depth);
    for (int i = 0; i < outputs; i++) {
      int value = biased ? random.nextInt(-most, most) : 0;
      if (wide) {
        bytes.putLong(value);
      } else {
        bytes.putInt(value);
      }
    }
    return bytes.array();
  }

  private static float step(SplittableRandom random) {
    return STEPS[random.nextInt(STEPS.length)];
  }

  /** The layer as a file; int16 layers stand between QUANTIZE operators. */
  public byte[] file() {
    return file(false);
  }

  /** The same layer as a convolution. */
  byte[] convolution() {
    return file(true);
  }

  /** Index of the layer's output tensor in both files. */
  int outputTensor() {
    return 1;
  }

  private byte[] file(boolean convolution) {
    TfliteBuilder file = new TfliteBuilder();
    boolean wide = width == Width.INT16;
    byte type = wide ? TensorType.INT16 : TensorType.INT8;
    int from = file.activation(type, in, shape(convolution, depth));
    int to = file.activation(type, out, shape(convolution, outputs));
    byte weightType = width == Width.WEIGHTS4 ? TfliteBuilder.INT4 : TensorType.INT8;
    int weight =
        convolution
            ? file.constant(weightType, weights, weightBytes, outputs, 1, 1, depth)
            : file.constant(weightType, weights, weightBytes, outputs, depth);
    int input = from;
    int output = to;
    if (wide) {
      Scales narrow = Scales.of(in.scales().get(0) * 0x1p8f, 0);
      input = file.activation(TensorType.INT8, narrow, shape(convolution, depth));
      quantize(file, input, from);
    }
    boolean stated = biased || convolution; // TensorFlow Lite's convolution needs one
    int[] inputs = stated ? new int[] {from, weight, bias(file)} : new int[] {from, weight};
    layer(file, convolution, inputs, to);
    if (wide) {
      output =
          file.activation(
              TensorType.INT8,
              Scales.of(out.scales().get(0) * 0x1p8f, 0),
              shape(convolution, outputs));
      quantize(file, to, output);
    }
    return file.file(input, output);
  }

  private int bias(TfliteBuilder file) {
    byte type = width == Width.INT16 ? TensorType.INT64 : TensorType.INT32;
    List<Float> scales =
        weights.scales().stream().map(scale -> in.scales().get(0) * scale).toList();
    return file.constant(type, new Scales(scales, 0, 0), biasBytes, outputs);
  }

  private int[] shape(boolean convolution, int last) {
    if (convolution) {
      return new int[] {1, rows, 1, last};
    }
    return keepDims ? new int[] {1, rows, last} : new int[] {rows, last};
  }

  private void layer(TfliteBuilder file, boolean convolution, int[] inputs, int output) {
    if (convolution) {
      Conv2DOptionsT options = new Conv2DOptionsT();
      options.setStrideH(1);
      options.setStrideW(1);
      options.setDilationHFactor(1);
      options.setDilationWFactor(1);
      options.setPadding(Padding.VALID);
      options.setFusedActivationFunction(activation);
      file.operator(
          BuiltinOperator.CONV_2D, 5, BuiltinOptions.Conv2DOptions, options, inputs, output);
    } else {
      FullyConnectedOptionsT options = new FullyConnectedOptionsT();
      options.setKeepNumDims(keepDims);
      options.setFusedActivationFunction(activation);
      file.operator(
          BuiltinOperator.FULLY_CONNECTED,
          version(),
          BuiltinOptions.FullyConnectedOptions,
          options,
          inputs,
          output);
    }
  }

  private int version() {
    return switch (width) {
      case INT8 -> keepDims ? 5 : 4;
      case WEIGHTS4 -> 10;
      case INT16 -> 7;
    };
  }

  private static void quantize(TfliteBuilder file, int from, int to) {
    file.operator(
        BuiltinOperator.QUANTIZE,
        from < to ? 3 : WideningQuantize.VERSION,
        BuiltinOptions.QuantizeOptions,
        new QuantizeOptionsT(),
        new int[] {from},
        to);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %dx%d-%d keepDims=%s biased=%s activation=%d scales=%d",
        width,
        rows,
        depth,
        outputs,
        keepDims,
        biased,
        activation,
        weights.scales().size());
  }
}
