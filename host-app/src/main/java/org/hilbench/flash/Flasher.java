package org.hilbench.flash;

import java.io.IOException;
import java.util.List;
import org.hilbench.board.FlashTool;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;

/** One flash tool: how it is called and what its words mean. Stateless. */
interface Flasher {
  FlashTool.Program program();

  /** The file to start, by name or path. */
  String executable();

  /**
   * The commands that write, verify and start the image, in order; pure. None of them may erase
   * more than the image covers.
   */
  List<Command> commands(FlashJob job);

  /** The tool's own words for its failures, the most telling first. */
  List<Symptom> symptoms();

  /** Words that the tool prints once it has begun to change the flash. */
  default List<Symptom> signsOfWriting() {
    return List.of();
  }

  /** Files that the commands read beside the image. */
  default void prepare(FlashJob job) throws IOException {}

  /** Whether a run that ended with this result did its work. */
  default boolean succeeded(FlashJob job, CommandResult result) {
    return result.ok();
  }
}
