package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import org.hilbench.exec.RunningCommand;
import org.hilbench.protocol.Link;

/** The line into a QEMU process: ends with it, and ends it when closed. */
final class QemuLink implements Link {
  private static final int LONGEST_WORDS = 600;

  private final Link line;
  private final RunningCommand process;

  QemuLink(Link line, RunningCommand process) {
    this.line = line;
    this.process = process;
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    try {
      line.write(bytes, limit);
    } catch (IOException e) {
      throw process.alive() ? e : new IOException("QEMU ended: " + lastWords(process), e);
    }
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    int count = line.read(into, wait);
    if (count < 0) {
      process.close(); // it closed its end: crashed, or about to; its words are complete then
      throw new IOException("QEMU ended: " + lastWords(process));
    }
    return count;
  }

  @Override
  public void close() {
    try {
      line.close();
    } finally {
      process.close();
    }
  }

  /** What QEMU said last, and how it ended, on one line. */
  static String lastWords(RunningCommand process) {
    String said = process.stderrTail().strip().replaceAll("\\s*\\R\\s*", " | ");
    String start = said.length() > LONGEST_WORDS ? said.substring(0, LONGEST_WORDS) + "..." : said;
    String end = process.alive() ? "still running" : "exit code " + process.exit().getNow(-1);
    return (start.isEmpty() ? "it said nothing" : start) + " (" + end + ")";
  }
}
