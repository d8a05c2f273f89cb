package org.hilbench.flash;

import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;

/** st-flash of stlink-tools 1.7; it reads back and compares what it wrote by itself. */
final class StFlashFlasher implements Flasher {
  private final String executable;

  StFlashFlasher(String executable) {
    this.executable = executable;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.ST_FLASH;
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
            "--connect-under-reset",
            "--reset",
            "--serial",
            job.probe().serial(),
            "--format",
            "ihex",
            "write",
            job.image().hex().toString()));
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PERMISSION, "access error|LIBUSB_ERROR_ACCESS|errno 13"),
        Symptom.of(Trouble.PROBE_BUSY, "LIBUSB_ERROR_BUSY|unable to claim"),
        Symptom.of(Trouble.NO_PROBE, "Couldn't find any ST-Link|Couldn't find ST-Link"),
        Symptom.of(Trouble.LOCKED, "read.?out protection|RDP|flash is locked"),
        Symptom.of(Trouble.VERIFY_FAILED, "Verification of flash failed|Flash memory not match"),
        Symptom.of(Trouble.HELD_IN_RESET, "NRST is not connected|Soft reset failed"),
        Symptom.of(
            Trouble.NO_TARGET,
            "Failed to connect to target|Failed to enter SWD|unknown chip id|Cannot connect"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of(
        Symptom.of(Trouble.HALF_WRITTEN, "Flash page at addr|Starting Flash write|EraseFlash"));
  }
}
