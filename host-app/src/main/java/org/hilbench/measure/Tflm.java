package org.hilbench.measure;

import java.util.Objects;
import java.util.Optional;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.TflmIdentity;

/**
 * Which TensorFlow Lite Micro ran, and with which kernels.
 *
 * @param version the crate and its version, or what its user calls the library
 * @param kernels name of the kernel set
 * @param includeSha256 of the headers of a user's library; absent for the crate
 * @param archiveSha256 of a user's library; absent for the crate
 */
public record Tflm(
    String version,
    String kernels,
    Optional<String> includeSha256,
    Optional<String> archiveSha256) {
  public Tflm {
    // Records of before a user's library could be linked have neither.
    includeSha256 = Objects.requireNonNullElse(includeSha256, Optional.empty());
    archiveSha256 = Objects.requireNonNullElse(archiveSha256, Optional.empty());
  }

  static Tflm of(FirmwareImage image) {
    TflmIdentity tflm = image.tflm();
    return new Tflm(tflm.version(), image.kernels(), tflm.includeSha256(), tflm.archiveSha256());
  }
}
