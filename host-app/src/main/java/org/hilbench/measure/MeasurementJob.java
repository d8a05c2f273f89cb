package org.hilbench.measure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for the numbers of one model on one board. It holds all that it takes: no paths, no state of
 * this machine.
 *
 * @param id unique; a job that is submitted again under its id is the same job
 * @param model the .tflite file
 * @param boardId of a board profile
 * @param on what to run on: {@code auto} (an attached board first, then the profile's simulators),
 *     {@code board} (an attached board alone), {@code qemu}, {@code renode}, {@code serial:PORT}
 * @param operatingPoint of the board profile; absent for its default
 * @param kernels set of kernels, by name
 * @param inputs raw input tensors; outputs are kept for each, times and op CRCs for the first
 * @param keepOps indices of operators whose output is kept for each input, such as the one that
 *     gives the logits
 * @param warmups inferences before the timed ones
 * @param runs timed inferences, at least 1
 * @param perOp whether cost and output CRC of each operator are wanted
 * @param loading how the model reaches the device; its flash is that of its own image in any case
 * @param elseLinked whether a model that resident firmware has no room for is linked after all,
 *     which the measurement says then; else it is refused
 */
public record MeasurementJob(
    String id,
    Bytes model,
    String boardId,
    String on,
    Optional<String> operatingPoint,
    String kernels,
    List<Bytes> inputs,
    List<Integer> keepOps,
    int warmups,
    int runs,
    boolean perOp,
    Loading loading,
    boolean elseLinked) {
  /** Timed inferences that a device takes in one request. */
  public static final int MOST_RUNS = 128;

  /** An attached board first, then the profile's simulators in order. */
  public static final String ON_AUTO = "auto";

  /** An adopted board that is plugged in, or an error. */
  public static final String ON_BOARD = "board";

  public static final String ON_QEMU = "qemu";

  public static final String ON_RENODE = "renode";

  /** Before the port or the serial number of the probe of an adopted board. */
  public static final String ON_SERIAL = "serial:";

  public MeasurementJob {
    if (id.isBlank() || boardId.isBlank()) {
      throw new IllegalArgumentException("a job needs an id and a board");
    }
    Objects.requireNonNull(model);
    Objects.requireNonNull(on);
    Objects.requireNonNull(operatingPoint);
    Objects.requireNonNull(kernels);
    Objects.requireNonNull(loading);
    inputs = List.copyOf(inputs);
    keepOps = List.copyOf(keepOps);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a job needs at least one input");
    }
    if (warmups < 0 || runs < 1) {
      throw new IllegalArgumentException(
          warmups + " warm-ups and " + runs + " runs; at least 0 and 1 are needed");
    }
  }

  /** One whose model is linked in. */
  public MeasurementJob(
      String id,
      Bytes model,
      String boardId,
      String on,
      Optional<String> operatingPoint,
      String kernels,
      List<Bytes> inputs,
      List<Integer> keepOps,
      int warmups,
      int runs,
      boolean perOp) {
    this(
        id,
        model,
        boardId,
        on,
        operatingPoint,
        kernels,
        inputs,
        keepOps,
        warmups,
        runs,
        perOp,
        Loading.LINKED,
        false);
  }

  /** The same with the model linked in. */
  public MeasurementJob linked() {
    return new MeasurementJob(
        id, model, boardId, on, operatingPoint, kernels, inputs, keepOps, warmups, runs, perOp);
  }

  /** SHA-256 of the model file, hexadecimal. */
  public String modelSha256() {
    return model.sha256();
  }
}
