package org.hilbench.measure;

import java.util.Objects;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.device.Device;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.lab.Probe;

/**
 * Where a job runs: the board itself, a model of it, or a machine that stands in for it.
 *
 * @param name for people: {@code qemu mps2-an386}
 * @param links the profile that the image which runs is linked with; the board's own unless a
 *     machine stands in
 * @param standIn the machine that stands in; absent where none does
 * @param probe of the board itself, which a meter may be wired to; absent where none is known
 */
public record Place(
    String name,
    BoardProfile links,
    Optional<String> standIn,
    Optional<Probe> probe,
    Opener opener) {
  public Place {
    Objects.requireNonNull(name);
    Objects.requireNonNull(links);
    Objects.requireNonNull(standIn);
    Objects.requireNonNull(probe);
    Objects.requireNonNull(opener);
  }

  /** One without a probe. */
  public Place(String name, BoardProfile links, Optional<String> standIn, Opener opener) {
    this(name, links, standIn, Optional.empty(), opener);
  }

  /** Whether silicon runs there, whose power a meter can see. */
  public boolean onABoard() {
    return name.startsWith(MeasurementJob.ON_SERIAL);
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
