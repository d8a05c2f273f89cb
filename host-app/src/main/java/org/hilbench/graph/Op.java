package org.hilbench.graph;

import java.util.List;

/**
 * An operation of the graph with its attributes; it knows its output shape and its cost.
 *
 * <p>Semantics are TensorFlow Lite's for the op of the same name.
 */
public sealed interface Op {

  /** Shape of the output for inputs of these shapes. */
  Shape outputShape(List<Shape> inputs);

  /** Multiply-accumulates of one inference. */
  long macs(List<Shape> inputs);

  /** Trainable parameters after batch norm is folded: weights and biases. */
  default long params(List<Shape> inputs) {
    return weights(inputs) + biases(inputs);
  }

  /** Elements of the kernel, 0 for an op without one. */
  default long weights(List<Shape> inputs) {
    return 0;
  }

  /** Elements of the bias, 0 for an op without one. */
  default long biases(List<Shape> inputs) {
    return 0;
  }

  Activation activation();

  /** Where the integers of the output get their scheme from. */
  default OutputScheme outputScheme() {
    return OutputScheme.ITS_OWN;
  }

  /** Takes the case of this op; who knows all ops asks so, and does not compile for a new one. */
  <T> T fold(Cases<T> cases);

  /** One case for each op. */
  interface Cases<T> extends ConvolutionCases<T> {
    T add(Add op);

    T globalAveragePool(GlobalAveragePool op);

    T flatten(Flatten op);

    T softmax(Softmax op);

    T quantize(Quantize op);
  }

  /** One case for each convolution. */
  interface ConvolutionCases<T> {
    T conv2d(Conv2d op);

    T depthwiseConv2d(DepthwiseConv2d op);
  }

  /** Where the integers of an op's output get their scale and zero point from. */
  enum OutputScheme {
    /** From the range that the output takes. */
    ITS_OWN,
    /** From the input: the op only moves or averages integers. */
    THE_INPUTS,
    /** From TensorFlow Lite's specification: the output holds probabilities. */
    PROBABILITIES
  }

  /** What moves through a convolution-like op; kernels are held OHWI (depthwise 1HWC). */
  sealed interface Convolution extends Op {
    Window window();

    /** Whether batch norm follows in training; it is folded before quantization. */
    boolean batchNorm();

    /** Type that the weights are quantized to. */
    DataType weightType();

    /** The same with weights of another type. */
    Convolution withWeights(DataType type);

    /** The same with a bias where batch norm was. */
    Convolution withoutBatchNorm();

    /** Takes the case of this convolution. */
    <T> T foldConvolution(ConvolutionCases<T> cases);

    @Override
    default <T> T fold(Cases<T> cases) {
      return foldConvolution(cases);
    }

    /** Whether each channel is filtered by itself, with kernels of shape 1HWC. */
    boolean depthwise();

    /** In how many groups the input channels are taken. */
    int groups(Shape input);

    /** Shape of the kernel as it is stored: OHWI, depthwise 1HWC. */
    List<Integer> kernelShape(Shape input);
  }

  /** CONV_2D; {@code groups} > 1 is a grouped convolution. */
  record Conv2d(
      int filters,
      Window window,
      int groups,
      Activation activation,
      boolean batchNorm,
      DataType weightType)
      implements Convolution {
    public Conv2d {
      if (filters < 1 || groups < 1 || filters % groups != 0) {
        throw new IllegalArgumentException(filters + " filters do not divide into " + groups);
      }
    }

    @Override
    public <T> T foldConvolution(ConvolutionCases<T> cases) {
      return cases.conv2d(this);
    }

    @Override
    public boolean depthwise() {
      return false;
    }

    @Override
    public int groups(Shape input) {
      return groups;
    }

    @Override
    public List<Integer> kernelShape(Shape input) {
      return List.of(
          filters, window.kernelHeight(), window.kernelWidth(), input.channels() / groups);
    }

    @Override
    public Conv2d withoutBatchNorm() {
      return new Conv2d(filters, window, groups, activation, false, weightType);
    }

    @Override
    public Conv2d withWeights(DataType type) {
      return new Conv2d(filters, window, groups, activation, batchNorm, type);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Op.only(inputs);
      if (in.channels() % groups != 0) {
        throw new IllegalArgumentException(
            in.channels() + " input channels do not divide into " + groups + " groups");
      }
      return new Shape(window.outputHeight(in.height()), window.outputWidth(in.width()), filters);
    }

    @Override
    public long macs(List<Shape> inputs) {
      return outputShape(inputs).elements() * window.area() * (inputs.get(0).channels() / groups);
    }

    @Override
    public long weights(List<Shape> inputs) {
      return (long) filters * window.area() * (Op.only(inputs).channels() / groups);
    }

    @Override
    public long biases(List<Shape> inputs) {
      return filters;
    }
  }

  /** DEPTHWISE_CONV_2D. */
  record DepthwiseConv2d(
      int depthMultiplier,
      Window window,
      Activation activation,
      boolean batchNorm,
      DataType weightType)
      implements Convolution {
    public DepthwiseConv2d {
      if (depthMultiplier < 1) {
        throw new IllegalArgumentException("depth multiplier " + depthMultiplier + " is below 1");
      }
    }

    @Override
    public <T> T foldConvolution(ConvolutionCases<T> cases) {
      return cases.depthwiseConv2d(this);
    }

    @Override
    public boolean depthwise() {
      return true;
    }

    @Override
    public int groups(Shape input) {
      return input.channels();
    }

    @Override
    public List<Integer> kernelShape(Shape input) {
      return List.of(
          1, window.kernelHeight(), window.kernelWidth(), input.channels() * depthMultiplier);
    }

    @Override
    public DepthwiseConv2d withoutBatchNorm() {
      return new DepthwiseConv2d(depthMultiplier, window, activation, false, weightType);
    }

    @Override
    public DepthwiseConv2d withWeights(DataType type) {
      return new DepthwiseConv2d(depthMultiplier, window, activation, batchNorm, type);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Op.only(inputs);
      return new Shape(
          window.outputHeight(in.height()),
          window.outputWidth(in.width()),
          in.channels() * depthMultiplier);
    }

    @Override
    public long macs(List<Shape> inputs) {
      return outputShape(inputs).elements() * window.area();
    }

    @Override
    public long weights(List<Shape> inputs) {
      return (long) window.area() * Op.only(inputs).channels() * depthMultiplier;
    }

    @Override
    public long biases(List<Shape> inputs) {
      return (long) Op.only(inputs).channels() * depthMultiplier;
    }
  }

  /** ADD of two tensors of one shape. */
  record Add(Activation activation) implements Op {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.add(this);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      if (inputs.size() != 2 || !inputs.get(0).equals(inputs.get(1))) {
        throw new IllegalArgumentException("ADD wants two equal shapes, not " + inputs);
      }
      return inputs.get(0);
    }

    @Override
    public long macs(List<Shape> inputs) {
      return 0;
    }
  }

  /** AVERAGE_POOL_2D over the whole feature map, to 1x1. */
  record GlobalAveragePool() implements Op {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.globalAveragePool(this);
    }

    @Override
    public OutputScheme outputScheme() {
      return OutputScheme.THE_INPUTS;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return new Shape(1, 1, Op.only(inputs).channels());
    }

    @Override
    public long macs(List<Shape> inputs) {
      return 0;
    }

    @Override
    public Activation activation() {
      return Activation.NONE;
    }
  }

  /** RESHAPE to [-1, classes]: any batch, one vector of logits an image. */
  record Flatten() implements Op {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.flatten(this);
    }

    @Override
    public OutputScheme outputScheme() {
      return OutputScheme.THE_INPUTS;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return new Shape(1, 1, Math.toIntExact(Op.only(inputs).elements()));
    }

    @Override
    public long macs(List<Shape> inputs) {
      return 0;
    }

    @Override
    public Activation activation() {
      return Activation.NONE;
    }
  }

  /** SOFTMAX over the channels, beta 1. */
  record Softmax() implements Op {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.softmax(this);
    }

    @Override
    public OutputScheme outputScheme() {
      return OutputScheme.PROBABILITIES;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Op.only(inputs);
    }

    @Override
    public long macs(List<Shape> inputs) {
      return 0;
    }

    @Override
    public Activation activation() {
      return Activation.NONE;
    }
  }

  /** QUANTIZE: the same values in the type and scheme of the output, such as int8 as int16. */
  record Quantize() implements Op {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.quantize(this);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Op.only(inputs);
    }

    @Override
    public long macs(List<Shape> inputs) {
      return 0;
    }

    @Override
    public Activation activation() {
      return Activation.NONE;
    }
  }

  private static Shape only(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("one input wanted, not " + inputs.size());
    }
    return inputs.get(0);
  }
}
