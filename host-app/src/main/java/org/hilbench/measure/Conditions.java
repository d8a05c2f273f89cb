package org.hilbench.measure;

import java.util.Objects;

/**
 * What the numbers of a job depend on beside the job. Equal jobs under equal conditions need to be
 * measured once.
 *
 * @param machine what runs: a simulator with its version, or the serial number of a board's probe
 * @param silicon whether it is a board; then supply, temperature and age play a part that nothing
 *     tells
 * @param links SHA-256 of the profile that the running image is linked with
 * @param operatingPoint of the board profile
 * @param firmware SHA-256 of what is compiled around kernels and runtime
 * @param toolchain compiler, its libraries and its flags
 */
public record Conditions(
    String machine,
    boolean silicon,
    String links,
    String operatingPoint,
    String firmware,
    String toolchain) {
  public Conditions {
    Objects.requireNonNull(machine);
    Objects.requireNonNull(links);
    Objects.requireNonNull(operatingPoint);
    Objects.requireNonNull(firmware);
    Objects.requireNonNull(toolchain);
  }
}
