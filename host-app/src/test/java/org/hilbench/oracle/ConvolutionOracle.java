package org.hilbench.oracle;

import org.hilbench.graph.Op;
import org.hilbench.graph.Padding;
import org.hilbench.graph.Shape;
import org.hilbench.graph.Window;

/** Sums of products of one convolution or depthwise convolution, without its bias. */
final class ConvolutionOracle {
  private final Shape in;
  private final Shape out;
  private final byte[] weights;
  private final int[] input;
  private final int zeroPoint;
  private final boolean depthwise;
  private final Window window;
  private final int top;
  private final int left;

  ConvolutionOracle(
      Op.Convolution op, Shape in, Shape out, byte[] weights, int[] input, int zeroPoint) {
    this.in = in;
    this.out = out;
    this.weights = weights;
    this.input = input;
    this.zeroPoint = zeroPoint;
    this.depthwise = op instanceof Op.DepthwiseConv2d;
    this.window = op.window();
    this.top = paddedHeight();
    this.left = paddedWidth();
  }

  /** The sum for this element of the output. */
  long at(int element) {
    int c = element % out.channels();
    int y = element / out.channels() / out.width() * window.strideHeight() - top;
    int x = element / out.channels() % out.width() * window.strideWidth() - left;
    long sum = 0;
    for (int ky = 0; ky < window.kernelHeight(); ky++) {
      int iy = y + ky * window.dilationHeight();
      for (int kx = 0; kx < window.kernelWidth(); kx++) {
        int ix = x + kx * window.dilationWidth();
        if (iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width()) {
          sum += tap(c, ky * window.kernelWidth() + kx, (iy * in.width() + ix) * in.channels());
        }
      }
    }
    return sum;
  }

  private long tap(int c, int tap, int pixel) {
    if (depthwise) {
      int read = pixel + c / (out.channels() / in.channels());
      return (long) weights[tap * out.channels() + c] * (input[read] - zeroPoint);
    }
    int row = (c * window.area() + tap) * in.channels();
    long sum = 0;
    for (int i = 0; i < in.channels(); i++) {
      sum += (long) weights[row + i] * (input[pixel + i] - zeroPoint);
    }
    return sum;
  }

  private int paddedHeight() {
    int reach = (window.kernelHeight() - 1) * window.dilationHeight() + 1;
    return padded((out.height() - 1) * window.strideHeight() + reach - in.height());
  }

  private int paddedWidth() {
    int reach = (window.kernelWidth() - 1) * window.dilationWidth() + 1;
    return padded((out.width() - 1) * window.strideWidth() + reach - in.width());
  }

  /** Rows or columns in front, by TensorFlow's definition of SAME: the smaller half. */
  private int padded(int lacking) {
    return window.padding() == Padding.VALID ? 0 : Math.max(0, lacking / 2);
  }
}
