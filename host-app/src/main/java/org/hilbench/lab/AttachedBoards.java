package org.hilbench.lab;

import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.UsbId;
import org.hilbench.serial.UsbDevice;
import org.hilbench.serial.UsbDevices;

/** What is plugged in now, seen with the eyes of the profiles and of {@code lab.yaml}. */
public final class AttachedBoards {
  private final UsbDevices devices;
  private final BoardProfiles profiles;
  private final Lab lab;

  private AttachedBoards(UsbDevices devices, BoardProfiles profiles, Lab lab) {
    this.devices = devices;
    this.profiles = profiles;
    this.lab = lab;
  }

  /**
   * Looks through these.
   *
   * @throws BenchException of kind USAGE if the lab names a board that has no profile
   */
  public static AttachedBoards of(UsbDevices devices, BoardProfiles profiles, Lab lab)
      throws BenchException {
    for (Adoption adoption : lab.boards()) {
      if (!profiles.ids().contains(adoption.board())) {
        throw BenchException.usage(
            Stage.FLASH,
            "lab.yaml: board '"
                + adoption.board()
                + "' of probe "
                + adoption.probe()
                + " is unknown; known: "
                + String.join(", ", profiles.ids()));
      }
    }
    return new AttachedBoards(devices, profiles, lab);
  }

  /** Every probe that a board may sit behind or that was adopted, in the order of the bus. */
  public List<AttachedBoard> list() {
    return devices.list().stream()
        .map(this::seen)
        .filter(board -> !board.candidates().isEmpty() || board.adopted().isPresent())
        .toList();
  }

  /** Boards of this kind that are plugged in and adopted. */
  public List<AttachedBoard> adopted(BoardProfile board) {
    return list().stream()
        .filter(one -> one.adopted().filter(it -> it.board().id().equals(board.id())).isPresent())
        .toList();
  }

  /** Probes behind which a board of this kind may sit, and of which nobody has said so. */
  public List<AttachedBoard> notAdopted(BoardProfile board) {
    return list().stream()
        .filter(one -> one.probe().flatMap(lab::adoption).isEmpty())
        .filter(one -> one.candidates().stream().anyMatch(it -> it.id().equals(board.id())))
        .toList();
  }

  /** All probes, for messages. */
  public List<Probe> probes() {
    return list().stream().flatMap(board -> board.probe().stream()).toList();
  }

  public UsbDevices devices() {
    return devices;
  }

  private AttachedBoard seen(UsbDevice device) {
    UsbId id = new UsbId(device.vendor(), device.productId());
    List<BoardProfile> candidates =
        profiles.all().stream().filter(profile -> profile.usb().contains(id)).toList();
    Optional<Probe> probe =
        Probe.takes(device.serial())
            ? Optional.of(new Probe(id, device.serial()))
            : Optional.empty();
    return new AttachedBoard(device, candidates, probe, probe.flatMap(this::adopted));
  }

  private Optional<Adopted> adopted(Probe probe) {
    return lab.adoption(probe)
        .flatMap(
            adoption ->
                profiles.all().stream()
                    .filter(profile -> profile.id().equals(adoption.board()))
                    .findFirst())
        .flatMap(profile -> lab.adopted(probe, profile));
  }
}
