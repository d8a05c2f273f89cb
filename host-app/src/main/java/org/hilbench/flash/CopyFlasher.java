package org.hilbench.flash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;

/**
 * Copies the image to the probe's drag-and-drop drive. The drive has no serial number, so this is
 * refused where two drives carry the board's label. A probe that could not write leaves FAIL.TXT.
 */
final class CopyFlasher implements Flasher {
  private static final String NO_DRIVE = "no-drive-or-several-with-the-label-";
  private final Drives drives;

  CopyFlasher(Drives drives) {
    this.drives = drives;
  }

  @Override
  public FlashTool.Program program() {
    return FlashTool.Program.COPY;
  }

  @Override
  public String executable() {
    return "cp";
  }

  /** Where there is not exactly one drive, the copy goes to a folder that is not: it fails. */
  @Override
  public List<Command> commands(FlashJob job) {
    Path drive = drive(job);
    return List.of(
        Command.of("cp", image(job).toString(), drive.toString() + "/"),
        Command.of("sync", "-f", drive.toString()));
  }

  @Override
  public boolean succeeded(FlashJob job, CommandResult result) {
    return result.ok() && !Files.exists(drive(job).resolve("FAIL.TXT"));
  }

  private Path drive(FlashJob job) {
    List<Path> found = drives.labelled(job.option("label"));
    return found.size() == 1 ? found.get(0) : Path.of("/" + NO_DRIVE + job.option("label"));
  }

  /** ST-LINK takes raw bytes for the start of the flash, J-Link wants addresses. */
  private static Path image(FlashJob job) {
    return job.board().part().startsWith("STM32") ? job.image().bin() : job.image().hex();
  }

  @Override
  public List<Symptom> symptoms() {
    return List.of(
        Symptom.of(Trouble.NO_PROBE, NO_DRIVE),
        Symptom.of(Trouble.NO_PERMISSION, "permission denied|read-only file system"),
        Symptom.of(Trouble.NO_TARGET, "input/output error"));
  }

  @Override
  public List<Symptom> signsOfWriting() {
    return List.of();
  }
}
