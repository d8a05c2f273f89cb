package org.hilbench.reference;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.MutableOpResolver;
import org.bytedeco.tensorflowlite.TfLiteContext;
import org.bytedeco.tensorflowlite.TfLiteNode;
import org.bytedeco.tensorflowlite.TfLiteRegistration;

/**
 * FULLY_CONNECTED as TensorFlow Lite Micro computes it, in place of TensorFlow Lite's: that one
 * multiplies a sum with the scale in floating point and rounds once, TensorFlow Lite Micro in fixed
 * point, twice, as both do in CONV_2D. What a layer may be, and its output's shape, stays
 * TensorFlow Lite's word; so do types that no device of ours has.
 */
final class MicroFullyConnected extends TfLiteRegistration.Invoke_TfLiteContext_TfLiteNode {
  private static final int BUILTIN = 9;
  private static final int OK = 0;
  private static final int ERROR = 1;

  // TensorFlow Lite calls it for as long as the JVM lives.
  private static final MicroFullyConnected ALL = new MicroFullyConnected(true);
  private static final MicroFullyConnected INT16 = new MicroFullyConnected(false);

  private final boolean int8;

  private MicroFullyConnected(boolean int8) {
    this.int8 = int8;
  }

  /**
   * Replaces the kernel in all versions that a resolver knows.
   *
   * @param int8 whether for int8 activations too; for int16 all runtimes for devices have one rule
   */
  static MutableOpResolver into(MutableOpResolver resolver, boolean int8) {
    MicroFullyConnected kernel = int8 ? ALL : INT16;
    for (int version = 1; isKnown(resolver, version); version++) {
      TfLiteRegistration registration = new TfLiteRegistration();
      Pointer.memcpy(registration, resolver.FindOp(BUILTIN, version), registration.sizeof());
      resolver.AddBuiltin(BUILTIN, registration.invoke(kernel), version);
    }
    return resolver;
  }

  private static boolean isKnown(MutableOpResolver resolver, int version) {
    Pointer found = resolver.FindOp(BUILTIN, version);
    return found != null && !found.isNull();
  }

  @Override
  public int call(TfLiteContext context, TfLiteNode node) {
    try {
      DenseNode dense = new DenseNode(context, node);
      if (int8 && dense.isInt8()) {
        dense.computeInt8();
        return OK;
      }
      if (dense.isInt16()) {
        dense.computeInt16();
        return OK;
      }
      return NativeTflite.stock().FindOp(BUILTIN, 1).invoke().call(context, node);
    } catch (RuntimeException e) {
      return ERROR; // an exception would end the process in TensorFlow Lite's frames
    }
  }
}
