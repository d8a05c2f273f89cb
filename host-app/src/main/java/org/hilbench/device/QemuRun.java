package org.hilbench.device;

import java.util.Optional;
import org.hilbench.Printable;
import org.hilbench.exec.Ending;
import org.hilbench.exec.RunningCommand;

/** One process of QEMU. */
record QemuRun(RunningCommand process) implements SimulatorLink.Simulation {
  private static final int LONGEST_WORDS = 600;

  @Override
  public String program() {
    return "QEMU";
  }

  @Override
  public String lastWords() {
    String said = Printable.words(process.stderrTail());
    String start = said.length() > LONGEST_WORDS ? said.substring(0, LONGEST_WORDS) + "..." : said;
    String end = process.alive() ? "still running" : new Ending(process.exit().getNow(-1)).words();
    return (start.isEmpty() ? "it said nothing" : start) + " (" + end + ")";
  }

  /** QEMU ends with its core. */
  @Override
  public Optional<String> abort() {
    return Optional.empty();
  }

  @Override
  public void close() {
    process.close();
  }
}
