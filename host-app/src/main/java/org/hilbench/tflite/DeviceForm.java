package org.hilbench.tflite;

import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Sha256;

/**
 * A model as hilbench's own kernels read it from flash: the same network, the same results, in a
 * flatbuffer that a runtime of 2020 takes.
 *
 * <ul>
 *   <li>An operator code's version is the operator's {@link Width}, so that an image carries only
 *       the kernels of the widths that it has.
 *   <li>The third input of CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED is a UINT8 tensor of
 *       constants ({@link DeviceConstants}): multipliers and shifts, computed here, then the
 *       biases. The scales that they were made of are gone, which the runtime would copy into RAM.
 *   <li>4-bit weights have the type UINT8, keep their shape, and lie as the kernels read them
 *       ({@link PackedWeights}).
 *   <li>The second input of LOGISTIC and TANH is a UINT8 tensor, the table of their outputs ({@link
 *       LookupTable}).
 *   <li>What no kernel reads is left out: names, signatures, descriptions, metadata, tensors that
 *       no operator names.
 *   <li>A tensor that is written and never read is an output of the graph, behind the model's own,
 *       since the runtime plans no other.
 *   <li>Paddings of int64 are int32.
 * </ul>
 *
 * <p>The same model gives the same bytes.
 */
public final class DeviceForm {
  private final byte[] bytes;

  private DeviceForm(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Rewrites a model.
   *
   * @throws BenchException (USAGE) with every operator that no kernel computes
   */
  public static DeviceForm of(TfliteModel model) throws BenchException {
    List<String> problems =
        model.operators().stream()
            .flatMap(op -> problem(model, op).map(why -> op.label() + " " + why).stream())
            .toList();
    if (!problems.isEmpty()) {
      throw ModelChecks.refused(String.join("; ", problems));
    }
    return new DeviceForm(DeviceFormWriter.forOwnKernels(model).write());
  }

  /**
   * For other kernels: the file's operators, versions and constants as they are, without tensors
   * that no operator names, and with those that are written and never read kept to the end: the
   * runtime of 2020 plans neither. Empty for a model that has none, whose file does.
   */
  public static Optional<DeviceForm> plain(TfliteModel model) {
    return Liveness.of(model).allRead()
        ? Optional.empty()
        : Optional.of(new DeviceForm(DeviceFormWriter.asItIs(model).write()));
  }

  /**
   * The one of both forms that has this hash.
   *
   * @throws BenchException (USAGE) as {@link #of}
   */
  public static DeviceForm ofSha256(TfliteModel model, String sha256) throws BenchException {
    Optional<DeviceForm> plain = plain(model).filter(form -> form.sha256().equals(sha256));
    return plain.isPresent() ? plain.get() : of(model);
  }

  /** Why the kernels cannot compute an operator with tensors of these types; empty if they can. */
  public static Optional<String> problem(TfliteModel model, TfliteOperator operator) {
    return DeviceTypes.problem(model, operator);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  /** Hexadecimal. */
  public String sha256() {
    return Sha256.hex(bytes);
  }
}
