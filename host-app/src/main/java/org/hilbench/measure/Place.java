package org.hilbench.measure;

import java.util.Objects;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.device.Device;
import org.hilbench.firmware.FirmwareImage;

/**
 * Where a job runs: the board itself, a model of it, or a machine that stands in for it.
 *
 * @param name for people: {@code qemu mps2-an386}
 * @param links the profile that the image which runs is linked with; the board's own unless a
 *     machine stands in
 * @param standIn the machine that stands in; absent where none does
 */
public record Place(String name, BoardProfile links, Optional<String> standIn, Opener opener) {
  public Place {
    Objects.requireNonNull(name);
    Objects.requireNonNull(links);
    Objects.requireNonNull(standIn);
    Objects.requireNonNull(opener);
  }

  /** Puts an image on the device and greets it. */
  @FunctionalInterface
  public interface Opener {
    Device open(FirmwareImage image) throws BenchException;
  }

  /** Finds a place for a board. */
  @FunctionalInterface
  public interface Finder {
    /**
     * @param on as {@link MeasurementJob#on}
     * @throws BenchException (USAGE) if there is no such place for this board, (ENVIRONMENT) if a
     *     program is missing
     */
    Place find(BoardProfile board, String on) throws BenchException;
  }
}
