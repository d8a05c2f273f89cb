package org.hilbench.measure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks for the numbers of one model on one board. It holds all that it takes, and nothing of the
 * machine that asks: no path, no port.
 *
 * @param id unique; a job that is submitted again under its id is the same job
 * @param model the .tflite file
 * @param ingredients what else the firmware is made of; a bench that has others refuses
 * @param on what to run on: {@code auto} (an attached board first, then the profile's simulators),
 *     {@code board} (an attached board alone), {@code qemu}, {@code renode}
 * @param operatingPoint of the board profile; absent for its default
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
    Ingredients ingredients,
    String on,
    Optional<String> operatingPoint,
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

  private static final List<String> PLACES = List.of(ON_AUTO, ON_BOARD, ON_QEMU, ON_RENODE);

  public MeasurementJob {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a job needs an id");
    }
    Objects.requireNonNull(model);
    Objects.requireNonNull(ingredients);
    if (!PLACES.contains(on)) {
      throw new IllegalArgumentException(
          "cannot measure on '" + on + "'; known: " + String.join(", ", PLACES));
    }
    Objects.requireNonNull(operatingPoint);
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

  /**
   * A job under a new id, with one timed inference on whatever the board's profile names first; the
   * model is linked in.
   */
  public static Draft of(Bytes model, Ingredients ingredients, List<Bytes> inputs) {
    return new Draft(model, ingredients, inputs);
  }

  /** Puts a job together; each part but the first three has a usual value. */
  public static final class Draft {
    private final Bytes model;
    private final Ingredients ingredients;
    private final List<Bytes> inputs;
    private String id = UUID.randomUUID().toString();
    private String on = ON_AUTO;
    private Optional<String> operatingPoint = Optional.empty();
    private List<Integer> keepOps = List.of();
    private int warmups;
    private int runs = 1;
    private boolean perOp = true;
    private Loading loading = Loading.LINKED;
    private boolean elseLinked;

    private Draft(Bytes model, Ingredients ingredients, List<Bytes> inputs) {
      this.model = model;
      this.ingredients = ingredients;
      this.inputs = inputs;
    }

    public Draft id(String other) {
      id = other;
      return this;
    }

    public Draft on(String place) {
      on = place;
      return this;
    }

    public Draft at(Optional<String> point) {
      operatingPoint = point;
      return this;
    }

    public Draft keeping(List<Integer> ops) {
      keepOps = ops;
      return this;
    }

    public Draft timed(int beforehand, int times) {
      warmups = beforehand;
      runs = times;
      return this;
    }

    public Draft perOp(boolean wanted) {
      perOp = wanted;
      return this;
    }

    /**
     * @param linkedElse see {@link MeasurementJob#elseLinked}
     */
    public Draft loaded(Loading way, boolean linkedElse) {
      loading = way;
      elseLinked = linkedElse;
      return this;
    }

    public MeasurementJob job() {
      return new MeasurementJob(
          id,
          model,
          ingredients,
          on,
          operatingPoint,
          inputs,
          keepOps,
          warmups,
          runs,
          perOp,
          loading,
          elseLinked);
    }
  }

  /** A draft that is the same so far, its id too. */
  public Draft draft() {
    return of(model, ingredients, inputs)
        .id(id)
        .on(on)
        .at(operatingPoint)
        .keeping(keepOps)
        .timed(warmups, runs)
        .perOp(perOp)
        .loaded(loading, elseLinked);
  }

  /** The same with the model linked in. */
  public MeasurementJob linked() {
    return draft().loaded(Loading.LINKED, false).job();
  }

  /** Id of the board. */
  public String boardId() {
    return ingredients.board().name();
  }

  /** SHA-256 of the model file, hexadecimal. */
  public String modelSha256() {
    return model.sha256();
  }
}
