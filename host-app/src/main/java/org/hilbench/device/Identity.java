package org.hilbench.device;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who answered.
 *
 * @param buildId of the image, stamped when it was built
 * @param modelSha256 hexadecimal; empty text where no model is loaded
 * @param modelPlace where an uploaded model lies; empty where none is loaded, or one is linked in
 * @param uniqueId of the chip, hexadecimal; empty text where it has none
 * @param maxPacket longest packet it takes, in bytes
 * @param slotBytes RAM that resident firmware has for an uploaded model and the buffers for it
 * @param flashSlotBytes flash that it has for an uploaded model; empty where it programs none
 * @param resetCause in the firmware's words
 * @param operatingPoints names that it can set
 * @param modelText the runtime's own words where the model is not ready
 */
public record Identity(
    String buildId,
    String modelSha256,
    long modelBytes,
    Optional<ModelPlace> modelPlace,
    String tflmVersion,
    String kernels,
    String core,
    String target,
    String uniqueId,
    int maxPacket,
    int inputBytes,
    int outputBytes,
    int opCount,
    OptionalLong slotBytes,
    OptionalLong flashSlotBytes,
    String resetCause,
    Capabilities capabilities,
    List<String> operatingPoints,
    ModelStatus modelStatus,
    String modelText) {
  public Identity {
    operatingPoints = List.copyOf(operatingPoints);
  }

  /** What a firmware can do beyond the least. */
  public record Capabilities(
      boolean perOp,
      boolean stopAfter,
      boolean operatingPoints,
      boolean reset,
      boolean upload,
      boolean crash) {
    static Capabilities of(long bits) {
      return new Capabilities(
          (bits & 1) != 0,
          (bits & 2) != 0,
          (bits & 4) != 0,
          (bits & 8) != 0,
          (bits & 16) != 0,
          (bits & 32) != 0);
    }
  }
}
