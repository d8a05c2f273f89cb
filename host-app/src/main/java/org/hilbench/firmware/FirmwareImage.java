package org.hilbench.firmware;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A linked image. The same inputs give the same bytes, on any machine with the same toolchain.
 *
 * @param elf where it lies; the newest few hundred images are kept
 * @param sha256 of the file, hexadecimal
 * @param flash read from the ELF
 * @param ram read from the ELF
 * @param toolchain the compiler's own words about its version
 * @param tflm the runtime
 * @param kernels name of the kernel set
 * @param buildId what the device says in its HELLO; names all inputs of the build
 * @param modelSha256 of the model file, hexadecimal; absent where the image is resident
 * @param deviceFormSha256 of what stands in the image in its place; absent where it is the file
 */
public record FirmwareImage(
    Path elf,
    String sha256,
    FlashUse flash,
    StaticRam ram,
    String toolchain,
    TflmIdentity tflm,
    String kernels,
    String buildId,
    Optional<String> modelSha256,
    Optional<String> deviceFormSha256) {
  /** Whether it takes a model over the serial line; none is linked in then. */
  public boolean resident() {
    return modelSha256.isEmpty();
  }
}
