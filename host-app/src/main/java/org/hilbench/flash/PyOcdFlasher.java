package org.hilbench.flash;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;

/**
 * pyOCD 0.36 and later. It has no verification after writing; the firmware's build id, which the
 * bench asks for before it measures, is the proof there.
 */
final class PyOcdFlasher implements Flasher {
  private final String executable;

  PyOcdFlasher(String executable) {
    this.executable = executable;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.PYOCD;
  }

  @Override
  public String executable() {
    return executable;
  }

  @Override
  public List<Command> commands(FlashJob job) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                executable,
                "load",
                "--no-wait",
                "--no-config",
                "--uid",
                job.probe().serial(),
                "--target",
                job.option("target"),
                "--erase",
                "sector",
                "--format",
                "elf"));
    if (job.connectUnderReset()) {
      argv.addAll(List.of("--connect", "under-reset"));
    }
    argv.add(job.image().elf().toString());
    return List.of(Command.of(argv));
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PERMISSION, "Access denied|insufficient permissions|errno 13"),
        Symptom.of(Trouble.PROBE_BUSY, "Resource busy|errno 16|already (open|in use)"),
        Symptom.of(
            Trouble.NO_PROBE,
            "No connected debug probe matches|No available debug probes|No target device available"),
        Symptom.of(Trouble.LOCKED, "APPROTECT|is locked|not automatically unlocking"),
        Symptom.of(Trouble.HALF_WRITTEN, "flash (erase|program).*failure"),
        Symptom.of(
            Trouble.NO_TARGET, "No ACK|Unexpected ACK|communication failure|Unable to connect"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of(Symptom.of(Trouble.HALF_WRITTEN, "\\[=+|Erased \\d|Programming"));
  }
}
