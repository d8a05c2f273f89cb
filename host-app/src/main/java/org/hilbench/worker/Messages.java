package org.hilbench.worker;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;

/** Payloads of the frames between a pool and its workers. */
final class Messages {
  private Messages() {}

  @SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
  record Request(String handler, byte[] payload) {
    byte[] encode() {
      return Payload.written(
          out -> {
            out.writeUTF(handler);
            out.write(payload);
          });
    }

    static Request decode(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      return new Request(in.readUTF(), in.readAllBytes());
    }
  }

  record Failure(Stage stage, Kind kind, String message) {
    static Failure of(BenchException e) {
      return new Failure(e.stage(), e.kind(), String.valueOf(e.getMessage()));
    }

    byte[] encode() {
      return Payload.written(
          out -> {
            out.writeUTF(stage.name());
            out.writeUTF(kind.name());
            out.write(message.getBytes(StandardCharsets.UTF_8));
          });
    }

    static Failure decode(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      Stage stage = Stage.valueOf(in.readUTF());
      Kind kind = Kind.valueOf(in.readUTF());
      return new Failure(stage, kind, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    BenchException exception() {
      return new BenchException(stage, kind, message);
    }
  }

  static byte[] progress(long done, long total) {
    return ByteBuffer.allocate(16).putLong(done).putLong(total).array();
  }
}
