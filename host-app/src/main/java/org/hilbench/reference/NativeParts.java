package org.hilbench.reference;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.InterpreterOptions;
import org.bytedeco.tensorflowlite.OpResolver;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.TfliteTensor;

/**
 * The native objects behind one interpreter: each refers to the one before it, so they are freed in
 * the reverse order.
 */
final class NativeParts implements AutoCloseable {
  private static final int OK = 0;

  private final BytePointer file;
  private final FlatBufferModel model;
  private final Interpreter interpreter;

  private NativeParts(BytePointer file, FlatBufferModel model, Interpreter interpreter) {
    this.file = file;
    this.model = model;
    this.interpreter = interpreter;
  }

  static NativeParts prepare(TfliteModel model, OpResolver resolver) throws BenchException {
    for (TfliteOperator operator : model.operators()) {
      requireKnown(operator, resolver);
    }
    byte[] bytes = model.bytes();
    BytePointer file = new BytePointer(bytes.length).put(bytes);
    // The interpreter's own constructor without arguments crashes; the builder fills this one.
    NativeParts parts =
        new NativeParts(
            file,
            FlatBufferModel.VerifyAndBuildFromBuffer(file, bytes.length),
            new Interpreter((Pointer) null));
    try {
      parts.build(resolver);
      parts.requireShapes(model);
      return parts;
    } catch (BenchException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static void requireKnown(TfliteOperator operator, OpResolver resolver)
      throws BenchException {
    // A custom operator has no builtin entry, so it is refused here by its name too.
    Pointer found = resolver.FindOp(operator.builtinCode(), operator.version());
    if (found == null || found.isNull()) {
      throw refused("TensorFlow Lite has no " + operator.label());
    }
  }

  private void build(OpResolver resolver) throws BenchException {
    if (model == null || model.isNull()) {
      throw refused("TensorFlow Lite's flatbuffer verifier rejects it");
    }
    try (InterpreterOptions options = new InterpreterOptions()) {
      options.SetPreserveAllTensors(true);
      try (InterpreterBuilder builder = new InterpreterBuilder(model, resolver, options)) {
        builder.SetNumThreads(1);
        if (builder.apply(interpreter) != OK) {
          throw refused("TensorFlow Lite cannot build its graph; its reason is on stderr");
        }
      }
    }
    if (interpreter.AllocateTensors() != OK) {
      throw refused("TensorFlow Lite cannot prepare its operators; its reason is on stderr");
    }
  }

  /** A device trusts the shapes in the file, while TensorFlow Lite infers its own. */
  private void requireShapes(TfliteModel described) throws BenchException {
    for (TfliteTensor tensor : described.tensors()) {
      long inferred = interpreter.tensor(tensor.index()).bytes();
      if (inferred != 0 && tensor.type().bits() > 0 && inferred != tensor.bytes()) {
        throw refused(
            tensor.label()
                + " takes "
                + inferred
                + " bytes, but its shape in the file, "
                + tensor.shape()
                + ", says "
                + tensor.bytes());
      }
    }
  }

  /** Gives the input's first side another length. */
  void resize(TfliteTensor input, int batch) throws BenchException {
    int[] shape = input.shape().stream().mapToInt(Integer::intValue).toArray();
    shape[0] = batch;
    if (interpreter.ResizeInputTensor(input.index(), shape) != OK
        || interpreter.AllocateTensors() != OK) {
      throw refused("it takes no batch of " + batch);
    }
  }

  Interpreter interpreter() {
    return interpreter;
  }

  @Override
  public void close() {
    interpreter.close();
    if (model != null) {
      model.close();
    }
    file.close();
  }

  static BenchException refused(String detail) {
    return BenchException.usage(Stage.EVALUATE, "the model cannot be run on the host: " + detail);
  }
}
