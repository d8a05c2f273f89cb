package org.hilbench.reference;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorflowlite.OpResolver;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.hilbench.BenchException;
import org.hilbench.tflite.TfliteModel;

/**
 * One model in TensorFlow Lite 2.20 on this computer, one image at a time, every tensor kept.
 *
 * <p>Deterministic: the same input gives the same bytes. Not thread-safe. Holds native memory until
 * it is closed; closing twice is harmless.
 */
public final class HostInterpreter implements AutoCloseable {
  private static final int OK = 0;

  private final TfliteModel model;
  private final NativeParts parts;
  private boolean closed;

  private HostInterpreter(TfliteModel model, NativeParts parts) {
    this.model = model;
    this.parts = parts;
  }

  /**
   * Loads a model and prepares its tensors.
   *
   * @throws BenchException (USAGE) if the file is damaged, not int8, or has an op that TensorFlow
   *     Lite cannot run; (ENVIRONMENT) if the native library does not load here
   */
  public static HostInterpreter open(byte[] file, Kernels kernels) throws BenchException {
    TfliteModel model = TfliteModel.parse(file);
    OpResolver resolver = NativeTflite.resolver(kernels);
    return new HostInterpreter(model, NativeParts.prepare(model, resolver));
  }

  /** The model as it was read. */
  public TfliteModel model() {
    return model;
  }

  /**
   * Runs one inference.
   *
   * @param input the input tensor's bytes
   * @return the output tensor's bytes
   */
  public byte[] invoke(byte[] input) throws BenchException {
    requireOpen();
    TfLiteTensor tensor = parts.interpreter().tensor(model.input());
    if (input.length != tensor.bytes()) {
      throw new IllegalArgumentException(
          "the input takes " + tensor.bytes() + " bytes, not " + input.length);
    }
    data(tensor).put(input);
    if (parts.interpreter().Invoke() != OK) {
      throw NativeParts.refused("its inference fails");
    }
    return tensor(model.output());
  }

  /** Runs so many images in one inference from now on; their bytes lie one behind the other. */
  void resizeBatch(int batch) throws BenchException {
    requireOpen();
    parts.resize(model.inputTensor(), batch);
  }

  /** Bytes of any tensor of the file after {@link #invoke}. */
  public byte[] tensor(int index) {
    requireOpen();
    if (index < 0 || index >= model.tensors().size()) {
      throw new IllegalArgumentException(
          "tensor " + index + " of " + model.tensors().size() + " is asked for");
    }
    TfLiteTensor tensor = parts.interpreter().tensor(index);
    byte[] bytes = new byte[Math.toIntExact(tensor.bytes())];
    if (bytes.length > 0) {
      data(tensor).get(bytes);
    }
    return bytes;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      parts.close();
    }
  }

  private static BytePointer data(TfLiteTensor tensor) {
    return new BytePointer(tensor.data().raw()).capacity(tensor.bytes());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this interpreter is closed");
    }
  }
}
