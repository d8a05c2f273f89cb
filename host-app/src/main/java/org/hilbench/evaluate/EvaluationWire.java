package org.hilbench.evaluate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.hilbench.data.DataReference;
import org.hilbench.data.Split;

/** What goes to an evaluating worker and what comes back. */
final class EvaluationWire {
  private EvaluationWire() {}

  @SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
  record Request(DataReference data, Split split, int most, byte[] model) {
    byte[] encode() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(data.provider());
        out.writeUTF(data.directory());
        out.writeLong(data.splitSeed());
        out.writeUTF(data.contentHash());
        out.writeUTF(split.name());
        out.writeInt(most);
        out.write(model);
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
      return bytes.toByteArray();
    }

    static Request decode(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      DataReference data =
          new DataReference(in.readUTF(), in.readUTF(), in.readLong(), in.readUTF());
      return new Request(data, Split.valueOf(in.readUTF()), in.readInt(), in.readAllBytes());
    }
  }

  static byte[] encode(Int8Accuracy accuracy) {
    return ByteBuffer.allocate(2 * Integer.BYTES)
        .putInt(accuracy.correct())
        .putInt(accuracy.examples())
        .array();
  }

  static Int8Accuracy decode(Split split, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Int8Accuracy(split, in.getInt(), in.getInt());
  }
}
