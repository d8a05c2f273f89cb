package org.hilbench.device;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import org.hilbench.protocol.Link;

/** A line over a connected socket. */
public final class SocketLink implements Link {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;

  /** Owns the channel from here on. */
  SocketLink(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, SelectionKey.OP_READ);
  }

  /**
   * Connects to a port.
   *
   * @throws IOException if nobody listens there, or nobody answers within the limit
   */
  public static SocketLink connect(String host, int port, Duration limit) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel
          .socket()
          .connect(new InetSocketAddress(host, port), Math.toIntExact(limit.toMillis()));
      return new SocketLink(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e instanceof IOException io ? io : new IOException(e.toString(), e);
    }
  }

  @Override
  public void write(byte[] bytes, Duration limit) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    long deadline = System.nanoTime() + limit.toNanos();
    while (left.hasRemaining()) {
      if (channel.write(left) == 0 && !ready(SelectionKey.OP_WRITE, deadline)) {
        throw new IOException(
            String.format(
                Locale.ROOT, "%d of %d bytes were not taken", left.remaining(), bytes.length));
      }
    }
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into);
    int count = channel.read(buffer);
    if (count == 0 && ready(SelectionKey.OP_READ, System.nanoTime() + wait.toNanos())) {
      count = channel.read(buffer);
    }
    return count;
  }

  /** Waits until the channel is ready; false at the deadline or when interrupted. */
  private boolean ready(int operation, long deadline) throws IOException {
    long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
    if (millis <= 0 || Thread.currentThread().isInterrupted()) {
      return false;
    }
    try {
      key.interestOps(operation);
      selector.selectedKeys().clear();
      return selector.select(millis) > 0;
    } catch (ClosedSelectorException | java.nio.channels.CancelledKeyException e) {
      throw new IOException("closed", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      selector.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a socket failed", e);
    }
  }
}
