package org.hilbench.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hilbench.device.ClockReport;
import org.hilbench.device.ModelPlace;
import org.hilbench.energy.InferenceEnergy;
import org.hilbench.quantity.Metric;
import org.hilbench.quantity.Quantity;
import org.hilbench.tflite.DenseRounding;

/**
 * What a board, or its simulation, gave for one model. Every number carries its own origin.
 *
 * @param boardId the board that was asked about
 * @param ranOn what really ran: {@code serial:...}, {@code qemu mps2-an386}, ...
 * @param standIn the machine that ran in the board's place; absent where the board, or a model of
 *     it, ran
 * @param operatingPoint of the board profile
 * @param clock what the firmware said about its clock and its counter
 * @param timing absent on a board whose clock is not confirmed; {@code clock} says why
 * @param energy of one inference: measured by a meter, or estimated from the operating point's
 *     typical power; absent without either
 * @param energyReading what the meter saw; absent without one
 * @param macs multiply-accumulates of one inference
 * @param params weights and biases
 * @param ops in order of execution; empty where not asked for
 * @param outputs one for each input of the job, in its order
 * @param deviceFormSha256 of what the image holds in place of the model file; absent where it is
 *     the file itself
 * @param boardImageSha256 the image linked for the board itself, that flash is read from
 * @param ranImageSha256 the image that ran; the same where the board itself ran a model linked in
 * @param loading how the model reached the device
 * @param modelPlace where an uploaded model lay; absent where it was linked
 * @param linkedBecause why a model that was to be uploaded was linked after all
 * @param keptSince when it was made, where it is one that was kept; absent where it was made anew
 */
public record Measurement(
    String boardId,
    String ranOn,
    Optional<String> standIn,
    String operatingPoint,
    ClockReport clock,
    Tflm tflm,
    String toolchain,
    Optional<Timing> timing,
    SramParts sram,
    FlashParts flash,
    Optional<Quantity> energy,
    Optional<InferenceEnergy> energyReading,
    Quantity macs,
    Quantity params,
    List<OpCost> ops,
    Samples samples,
    List<Inference> outputs,
    String modelSha256,
    Optional<String> deviceFormSha256,
    String boardImageSha256,
    String ranImageSha256,
    Loading loading,
    Optional<ModelPlace> modelPlace,
    Optional<String> linkedBecause,
    SpentTime spent,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> keptSince) {
  public Measurement {
    Objects.requireNonNull(boardId);
    Objects.requireNonNull(ranOn);
    Objects.requireNonNull(standIn);
    Objects.requireNonNull(timing);
    Objects.requireNonNull(energy);
    Objects.requireNonNull(energyReading);
    Objects.requireNonNull(deviceFormSha256);
    // Absent in records from before models could be uploaded.
    loading = loading == null ? Loading.LINKED : loading;
    modelPlace = Objects.requireNonNullElse(modelPlace, Optional.empty());
    linkedBecause = Objects.requireNonNullElse(linkedBecause, Optional.empty());
    if (loading == Loading.UPLOADED && linkedBecause.isPresent()) {
      throw new IllegalArgumentException("uploaded, and yet linked: " + linkedBecause.get());
    }
    keptSince = Objects.requireNonNullElse(keptSince, Optional.empty());
    ops = List.copyOf(ops);
    outputs = List.copyOf(outputs);
  }

  /** With the rule that FULLY_CONNECTED was found to follow. */
  public Measurement with(DenseRounding rounding) {
    return with(tflm.with(rounding), keptSince);
  }

  /** As one that was made then and kept. */
  public Measurement keptSince(Instant made) {
    return with(tflm, Optional.of(made));
  }

  private Measurement with(Tflm otherTflm, Optional<Instant> otherKeptSince) {
    return new Measurement(
        boardId,
        ranOn,
        standIn,
        operatingPoint,
        clock,
        otherTflm,
        toolchain,
        timing,
        sram,
        flash,
        energy,
        energyReading,
        macs,
        params,
        ops,
        samples,
        outputs,
        modelSha256,
        deviceFormSha256,
        boardImageSha256,
        ranImageSha256,
        loading,
        modelPlace,
        linkedBecause,
        spent,
        otherKeptSince);
  }

  /** Its times; {@link IllegalStateException} where there are none. */
  public Timing timed() {
    return timing.orElseThrow(
        () -> new IllegalStateException(ranOn + " told no time: " + clock.cause()));
  }

  /** The quantity of this metric, where the board has a say in it; empty for the accuracy. */
  public Optional<Quantity> quantity(Metric metric) {
    return switch (metric) {
      case LATENCY -> timing.map(Timing::latency);
      case PEAK_SRAM -> Optional.of(sram.peak());
      case FLASH -> Optional.of(flash.total());
      case ENERGY -> energy;
      case MACS -> Optional.of(macs);
      case PARAMS -> Optional.of(params);
      case ACCURACY -> Optional.empty();
    };
  }
}
