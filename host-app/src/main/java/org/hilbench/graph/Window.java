package org.hilbench.graph;

/** Sliding window of a convolution or pool: kernel, stride, dilation and padding. */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    Padding padding) {
  public Window {
    if (Math.min(
            Math.min(Math.min(kernelHeight, kernelWidth), Math.min(strideHeight, strideWidth)),
            Math.min(dilationHeight, dilationWidth))
        < 1) {
      throw new IllegalArgumentException("kernel, stride and dilation must be at least 1");
    }
  }

  /** A square window with SAME padding and no dilation. */
  public static Window same(int kernel, int stride) {
    return new Window(kernel, kernel, stride, stride, 1, 1, Padding.SAME);
  }

  public int outputHeight(int inputHeight) {
    return padding.outputSize(inputHeight, kernelHeight, strideHeight, dilationHeight);
  }

  public int outputWidth(int inputWidth) {
    return padding.outputSize(inputWidth, kernelWidth, strideWidth, dilationWidth);
  }

  public int padTop(int inputHeight) {
    return padding.before(inputHeight, kernelHeight, strideHeight, dilationHeight);
  }

  public int padLeft(int inputWidth) {
    return padding.before(inputWidth, kernelWidth, strideWidth, dilationWidth);
  }

  public int area() {
    return kernelHeight * kernelWidth;
  }
}
