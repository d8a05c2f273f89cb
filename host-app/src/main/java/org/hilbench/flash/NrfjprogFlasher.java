package org.hilbench.flash;

import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;

/** Nordic's nrfjprog (nRF Command Line Tools 10.x); pages that the image does not touch stay. */
final class NrfjprogFlasher implements Flasher {
  private final String executable;

  NrfjprogFlasher(String executable) {
    this.executable = executable;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.NRFJPROG;
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
            "--family",
            job.option("family"),
            "--snr",
            job.probe().serial(),
            "--program",
            job.image().hex().toString(),
            "--sectorerase",
            "--verify",
            "--reset"));
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PERMISSION, "permission denied|LIBUSB_ERROR_ACCESS"),
        Symptom.of(Trouble.PROBE_BUSY, "already in use|in use by another"),
        Symptom.of(
            Trouble.NO_PROBE,
            "no debugger connected to the PC|No debugger.*serial|serial number.*not (found|connected)"),
        Symptom.of(Trouble.LOCKED, "readback protection|--recover"),
        Symptom.of(Trouble.VERIFY_FAILED, "verify failed|Verif\\w+ .*failed"),
        Symptom.of(
            Trouble.NO_TARGET,
            "low voltage|Cannot connect to target|Could not connect to the device|"
                + "does not match the device"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of(
        Symptom.of(Trouble.HALF_WRITTEN, "Parsing .*file|Erasing|Programming|Reading flash"));
  }
}
