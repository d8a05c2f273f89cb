package org.hilbench.measure;

import java.util.Objects;
import java.util.Optional;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.TflmIdentity;
import org.hilbench.tflite.DenseRounding;

/**
 * Which TensorFlow Lite Micro ran, and with which kernels.
 *
 * @param version the crate and its version, or what its user calls the library
 * @param kernels name of the kernel set
 * @param includeSha256 of the headers of a user's library; absent for the crate
 * @param archiveSha256 of a user's library; absent for the crate
 * @param fullyConnected the rule that the model's FULLY_CONNECTED was compared by, where a probe
 *     found it; absent where the kernels are known to round twice
 */
public record Tflm(
    String version,
    String kernels,
    Optional<String> includeSha256,
    Optional<String> archiveSha256,
    Optional<DenseRounding> fullyConnected) {
  public Tflm {
    // Records of before a user's library could be linked have neither.
    includeSha256 = Objects.requireNonNullElse(includeSha256, Optional.empty());
    archiveSha256 = Objects.requireNonNullElse(archiveSha256, Optional.empty());
    fullyConnected = Objects.requireNonNullElse(fullyConnected, Optional.empty());
  }

  public static Tflm of(FirmwareImage image) {
    TflmIdentity tflm = image.tflm();
    return new Tflm(
        tflm.version(),
        image.kernels(),
        tflm.includeSha256(),
        tflm.archiveSha256(),
        Optional.empty());
  }

  Tflm with(DenseRounding found) {
    return new Tflm(version, kernels, includeSha256, archiveSha256, Optional.of(found));
  }
}
