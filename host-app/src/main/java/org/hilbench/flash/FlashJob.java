package org.hilbench.flash;

import org.hilbench.board.BoardProfile;
import org.hilbench.board.FlashTool;
import org.hilbench.lab.Probe;

/** One checked image for one board behind one probe, with one tool. */
public record FlashJob(BoardProfile board, FlashTool tool, FlashImage image, Probe probe) {
  /** Whether the part can be held in reset while the probe connects, over its NRST pin. */
  boolean connectUnderReset() {
    return board.part().startsWith("STM32");
  }

  String option(String name) {
    return tool.option(name);
  }
}
