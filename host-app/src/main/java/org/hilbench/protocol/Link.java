package org.hilbench.protocol;

import java.io.IOException;
import java.time.Duration;

/**
 * A line that carries bytes both ways: a serial port, a pty, a socket. One thread talks; any thread
 * may close.
 */
public interface Link extends AutoCloseable {

  /**
   * Sends all of these bytes.
   *
   * @throws IOException if the line is gone, closed, or takes nothing for {@code limit}
   */
  void write(byte[] bytes, Duration limit) throws IOException;

  /**
   * Reads what has come, waiting for a first byte this long at most. An interrupted thread returns
   * at once and stays interrupted.
   *
   * @return count of bytes, 0 where none came in time, -1 where the line has ended
   * @throws IOException if the line is gone or closed
   */
  int read(byte[] into, Duration wait) throws IOException;

  @Override
  void close();
}
