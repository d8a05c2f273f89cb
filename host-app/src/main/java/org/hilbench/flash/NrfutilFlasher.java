package org.hilbench.flash;

import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;

/** Nordic's {@code nrfutil device} (nRF Util 7 and later). */
final class NrfutilFlasher implements Flasher {
  private final String executable;

  NrfutilFlasher(String executable) {
    this.executable = executable;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.NRFUTIL;
  }

  @Override
  public String executable() {
    return executable;
  }

  @Override
  public List<Command> commands(FlashJob job) {
    return List.of(
        Command.of(
            executable,
            "device",
            "program",
            "--serial-number",
            job.probe().serial(),
            "--firmware",
            job.image().hex().toString(),
            "--options",
            "chip_erase_mode=ERASE_RANGES_TOUCHED_BY_FIRMWARE,verify=VERIFY_READ,"
                + "reset=RESET_SYSTEM"));
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PERMISSION, "permission denied|LIBUSB_ERROR_ACCESS"),
        Symptom.of(Trouble.PROBE_BUSY, "already in use|device is busy"),
        Symptom.of(
            Trouble.NO_PROBE,
            "No devices? (connected|found)|serial number.*not found|no connected device"),
        Symptom.of(Trouble.LOCKED, "readback protection|APPROTECT|protected"),
        Symptom.of(Trouble.VERIFY_FAILED, "verif\\w+ .*failed|VerifyError"),
        Symptom.of(Trouble.NO_TARGET, "low voltage|cannot connect|unable to connect"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of(Symptom.of(Trouble.HALF_WRITTEN, "Erasing|Programming|\\d+%"));
  }
}
