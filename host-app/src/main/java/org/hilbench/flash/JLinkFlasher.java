package org.hilbench.flash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;

/** SEGGER's J-Link Commander (UM08001); what it does is in a command file beside the image. */
final class JLinkFlasher implements Flasher {
  private final String executable;

  JLinkFlasher(String executable) {
    this.executable = executable;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.JLINK;
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
            "-NoGui",
            "1",
            "-ExitOnError",
            "1",
            "-SelectEmuBySN",
            job.probe().serial(),
            "-Device",
            job.option("device"),
            "-If",
            "SWD",
            "-Speed",
            "4000",
            "-AutoConnect",
            "1",
            "-CommandFile",
            script(job).toString()));
  }

  @Override
  public void prepare(FlashJob job) throws IOException {
    Files.writeString(script(job), String.join("\n", lines(job)) + "\n");
  }

  static List<String> lines(FlashJob job) {
    return List.of(
        "r",
        "loadfile \"" + job.image().hex() + "\"",
        String.format(
            Locale.ROOT, "verifybin \"%s\" 0x%08X", job.image().bin(), job.image().address()),
        "r",
        "g",
        "exit");
  }

  private static Path script(FlashJob job) {
    return job.image().hex().resolveSibling("flash.jlink");
  }

  /** Some of its errors end with exit code 0. */
  @Override
  public boolean succeeded(FlashJob job, CommandResult result) {
    return result.ok() && result.stdout().contains("Verify successful");
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PERMISSION, "permission"),
        Symptom.of(Trouble.PROBE_BUSY, "already in use|in use by"),
        Symptom.of(
            Trouble.NO_PROBE, "Cannot connect to (the )?J-Link|No emulators? connected|No J-Link"),
        Symptom.of(Trouble.LOCKED, "(read|readback) protected|Device.*secured|read protection"),
        Symptom.of(Trouble.VERIFY_FAILED, "Verify failed"),
        Symptom.of(
            Trouble.NO_TARGET,
            "Cannot connect to target|Target voltage too low|Could not find core|VTref=0\\.0"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of(Symptom.of(Trouble.HALF_WRITTEN, "Downloading file|Erasing|Programming flash"));
  }
}
