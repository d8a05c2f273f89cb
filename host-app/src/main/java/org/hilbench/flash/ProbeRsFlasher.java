package org.hilbench.flash;

import java.util.ArrayList;
import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;

/** probe-rs 0.24 and later: download with verification, then a reset that starts the image. */
final class ProbeRsFlasher implements Flasher {
  private final String executable;

  ProbeRsFlasher(String executable) {
    this.executable = executable;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.PROBE_RS;
  }

  @Override
  public String executable() {
    return executable;
  }

  @Override
  public List<Command> commands(FlashJob job) {
    List<String> download = new ArrayList<>(List.of(executable, "download"));
    download.addAll(selection(job));
    download.addAll(List.of("--verify", "--disable-progressbars"));
    download.addAll(List.of("--binary-format", "elf", job.image().elf().toString()));
    List<String> reset = new ArrayList<>(List.of(executable, "reset"));
    reset.addAll(selection(job));
    return List.of(quiet(download), quiet(reset));
  }

  private static Command quiet(List<String> argv) {
    return Command.of(argv).withEnvironment("RUST_BACKTRACE", "0");
  }

  private static List<String> selection(FlashJob job) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--non-interactive",
                "--chip",
                job.option("chip"),
                "--probe",
                job.probe().usb() + ":" + job.probe().serial(),
                "--protocol",
                "swd"));
    if (job.connectUnderReset()) {
      words.add("--connect-under-reset");
    }
    return words;
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PERMISSION, "permission denied|insufficient permission"),
        Symptom.of(Trouble.PROBE_BUSY, "already in use|resource busy"),
        Symptom.of(
            Trouble.NO_PROBE,
            "No (connected )?probes?( was| were)?( not)? found|probe was not found|No probe with"),
        Symptom.of(Trouble.LOCKED, "locked|allow-erase-all|read.?protect"),
        Symptom.of(Trouble.VERIFY_FAILED, "verif\\w+ .*(failed|mismatch)|mismatch"),
        Symptom.of(
            Trouble.NO_TARGET, "NoAcknowledge|did not (respond|acknowledge)|target.*no.*response"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of(Symptom.of(Trouble.HALF_WRITTEN, "Erasing|Programming"));
  }
}
