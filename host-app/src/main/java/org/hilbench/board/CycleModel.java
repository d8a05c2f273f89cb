package org.hilbench.board;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns a count of simulated instructions into an <i>estimate</i> of cycles on the part. The factor
 * belongs to the part and to the kernels: the fewer instructions a set needs for the same loads,
 * the more cycles each of them takes.
 *
 * @param cyclesPerInstruction with kernels that {@code kernels} does not name
 * @param relativeError its error bar (0.4 = 40 %)
 * @param source what it was calibrated against
 * @param kernels factors of their own, none less certain than that of the unnamed ones
 */
public record CycleModel(
    double cyclesPerInstruction,
    double relativeError,
    String source,
    Optional<KernelCycles> kernels) {
  public CycleModel {
    new CycleFactor(cyclesPerInstruction, relativeError, source); // checks the values
    kernels.ifPresent(named -> requireNoNarrower(relativeError, named));
  }

  private static void requireNoNarrower(double relativeError, KernelCycles named) {
    Stream.of(named.hilbench(), named.reference())
        .flatMap(Optional::stream)
        .filter(factor -> factor.relativeError() > relativeError)
        .forEach(
            factor -> {
              throw new IllegalArgumentException(
                  "relativeError "
                      + relativeError
                      + " of kernels that are not known is narrower than "
                      + factor.relativeError()
                      + " of kernels that are");
            });
  }

  /** With kernels of which nothing is known. */
  public CycleFactor otherwise() {
    return new CycleFactor(cyclesPerInstruction, relativeError, source);
  }

  /** With the kernel set of this name. */
  public CycleFactor with(String kernelSet) {
    return kernels.flatMap(named -> named.of(kernelSet)).orElseGet(this::otherwise);
  }
}
