package org.hilbench.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hilbench.board.BoardProfile;

/**
 * What {@code lab.yaml} says about this desk. Immutable.
 *
 * @param boards adopted boards; a probe stands in one entry at most
 * @param meters energy meters
 */
public record Lab(List<Adoption> boards, List<MeterEntry> meters) {
  /** A desk about which nothing is known. */
  public static final Lab EMPTY = new Lab(List.of(), List.of());

  public Lab {
    boards = List.copyOf(boards);
    meters = List.copyOf(meters);
    Set<Probe> seen = new HashSet<>();
    for (Adoption adoption : boards) {
      if (!seen.add(adoption.asProbe())) {
        throw new IllegalArgumentException(
            "boards: probe " + adoption.probe() + " stands in two entries; keep one");
      }
    }
  }

  /** With this probe bound to this board, in place of what it was bound to. */
  public Lab adopting(Probe probe, BoardProfile board) {
    List<Adoption> more = new ArrayList<>(boards);
    more.removeIf(adoption -> adoption.asProbe().equals(probe));
    more.add(new Adoption(board.id(), probe.usb(), probe.serial(), Optional.empty()));
    return new Lab(more, meters);
  }

  /** What this probe is bound to. */
  public Optional<Adoption> adoption(Probe probe) {
    return boards.stream().filter(adoption -> adoption.asProbe().equals(probe)).findFirst();
  }

  /** Leave to write to the board behind this probe, where it was adopted as this one. */
  public Optional<Adopted> adopted(Probe probe, BoardProfile board) {
    return adoption(probe)
        .filter(adoption -> adoption.board().equals(board.id()))
        .map(adoption -> new Adopted(board, probe, adoption.serialInterface()));
  }

  /** The meter of the board behind this probe. */
  public Optional<MeterEntry> meterOf(Probe probe) {
    return meters.stream()
        .filter(meter -> meter.probe().map(probe.serial()::equals).orElse(true))
        .findFirst();
  }
}
