package org.hilbench.flash;

import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;

/** STM32CubeProgrammer's command line (UM2237). */
final class Stm32ProgrammerFlasher implements Flasher {
  private final String executable;

  Stm32ProgrammerFlasher(String executable) {
    this.executable = executable;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.STM32_PROGRAMMER;
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
            "-c",
            "port=SWD",
            "sn=" + job.probe().serial(),
            "mode=UR",
            "reset=HWrst",
            "-d",
            job.image().hex().toString(),
            "-v",
            "-rst"));
  }

  /** Some of its errors end with exit code 0. */
  @Override
  public boolean succeeded(FlashJob job, CommandResult result) {
    return result.ok() && result.stdout().contains("Download verified successfully");
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PERMISSION, "LIBUSB_ERROR_ACCESS|permission"),
        Symptom.of(Trouble.PROBE_BUSY, "already in use|DEV_USB_COMM_ERR"),
        Symptom.of(
            Trouble.NO_PROBE,
            "No debug probe detected|No ST-?LINK detected|Wrong ST-?LINK serial|sn .*not found"),
        Symptom.of(Trouble.HELD_IN_RESET, "HELD_UNDER_RESET"),
        Symptom.of(Trouble.LOCKED, "read.?out protection|RDP"),
        Symptom.of(Trouble.VERIFY_FAILED, "verification failed|Mismatched"),
        Symptom.of(
            Trouble.NO_TARGET,
            "No STM32 target found|Unable to get core ID|DEV_CONNECT_ERR|No target connected"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of(Symptom.of(Trouble.HALF_WRITTEN, "Erasing memory|Download in Progress"));
  }
}
