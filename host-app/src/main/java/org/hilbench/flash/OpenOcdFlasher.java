package org.hilbench.flash;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;

/** OpenOCD 0.12 (its user's guide, "Flash Commands: program"). */
final class OpenOcdFlasher implements Flasher {
  private final String executable;

  OpenOcdFlasher(String executable) {
    this.executable = executable;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.OPENOCD;
  }

  @Override
  public String executable() {
    return executable;
  }

  @Override
  public List<Command> commands(FlashJob job) {
    List<String> argv = new ArrayList<>(List.of(executable));
    for (String file : job.option("config").split(" ")) {
      argv.addAll(List.of("-f", file));
    }
    argv.addAll(List.of("-c", "adapter serial " + job.probe().serial()));
    argv.addAll(List.of("-c", "gdb_port disabled; tcl_port disabled; telnet_port disabled"));
    if (job.connectUnderReset()) {
      argv.addAll(List.of("-c", "reset_config srst_only srst_nogate connect_assert_srst"));
    }
    argv.addAll(List.of("-c", "program {" + job.image().elf() + "} verify reset exit"));
    return List.of(Command.of(argv));
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PERMISSION, "LIBUSB_ERROR_ACCESS|insufficient permissions"),
        Symptom.of(Trouble.PROBE_BUSY, "LIBUSB_ERROR_BUSY|unable to claim|claim interface"),
        Symptom.of(
            Trouble.NO_PROBE,
            "Error: open failed|No J-Link device found|unable to find a matching CMSIS-DAP"),
        Symptom.of(
            Trouble.LOCKED, "device protected|device is locked|AP lock|read.?out protection"),
        Symptom.of(Trouble.VERIFY_FAILED, "\\*\\* Verify Failed|checksum mismatch"),
        Symptom.of(Trouble.HELD_IN_RESET, "held (in|under) reset|srst (is )?stuck"),
        Symptom.of(
            Trouble.NO_TARGET,
            "unable to connect to the target|target voltage may be too low|"
                + "Cannot connect to target|Target not examined|init mode failed"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of(Symptom.of(Trouble.HALF_WRITTEN, "\\*\\* Programming Started"));
  }
}
