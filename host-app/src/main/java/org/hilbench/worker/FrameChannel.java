package org.hilbench.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;

/**
 * Frames over a loopback socket: 4 bytes length, 1 byte kind, payload. A socket of its own and not
 * standard output, so that nothing a native library prints can corrupt a frame.
 */
final class FrameChannel implements AutoCloseable {
  private static final int MAX_PAYLOAD = 256 * 1024 * 1024;

  /** What a frame says. */
  enum FrameKind {
    HELLO(1),
    REQUEST(2),
    PROGRESS(3),
    DONE(4),
    FAILED(5);

    private final int code;

    FrameKind(int code) {
      this.code = code;
    }

    static FrameKind of(int code) throws IOException {
      for (FrameKind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("bad frame: kind " + code);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
  record Frame(FrameKind kind, byte[] payload) {}

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  FrameChannel(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  synchronized void write(FrameKind kind, byte[] payload) throws IOException {
    out.writeInt(payload.length);
    out.writeByte(kind.code);
    out.write(payload);
    out.flush();
  }

  /** The next frame; waits at most {@code waitMillis} (0: for ever) for each part of it. */
  Frame read(int waitMillis) throws IOException {
    socket.setSoTimeout(waitMillis);
    int length = in.readInt();
    FrameKind kind = FrameKind.of(in.readUnsignedByte());
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new IOException("bad frame: kind " + kind + ", " + length + " bytes");
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("frame of " + length + " bytes ended after " + payload.length);
    }
    return new Frame(kind, payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
