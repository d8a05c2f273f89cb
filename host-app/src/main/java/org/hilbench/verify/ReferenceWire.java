package org.hilbench.verify;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hilbench.Stage;
import org.hilbench.measure.Bytes;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.worker.Payload;
import org.hilbench.worker.WorkerRequest;

/** What goes to a process that runs reference kernels, and what comes back. */
public final class ReferenceWire {
  /** A busy machine takes this long to start, and to run what costs next to nothing. */
  private static final Duration LEAST = Duration.ofSeconds(60);

  /** Of the slowest reference kernel on a busy machine, by far. */
  private static final long STEPS_A_SECOND = 20_000_000;

  private ReferenceWire() {}

  /**
   * @param bothRules whether answers are also wanted with FULLY_CONNECTED that rounds once
   */
  static WorkerRequest request(TfliteModel model, List<Bytes> inputs, boolean bothRules) {
    Duration limit = LEAST.plusSeconds(2L * inputs.size() * model.steps() / STEPS_A_SECOND);
    byte[] payload = new Request(model.bytes(), inputs, bothRules).encode();
    return new WorkerRequest(
        ReferenceHandler.class, payload, Stage.VERIFY, "TensorFlow Lite's reference", limit);
  }

  public static ReferenceAnswers answers(TfliteModel model, List<Bytes> inputs, byte[] answer) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer));
      List<Integer> keepOps = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        keepOps.add(in.readInt());
      }
      List<Expectation> answers = expectations(inputs, in);
      List<Expectation> once = in.readBoolean() ? expectations(inputs, in) : List.of();
      return new ReferenceAnswers(model, keepOps, answers, once);
    } catch (IOException e) {
      throw new UncheckedIOException("a worker's answer is no answer", e);
    }
  }

  public static byte[] encode(ReferenceAnswers answers) {
    return Payload.written(
        out -> {
          out.writeInt(answers.keepOps().size());
          for (int op : answers.keepOps()) {
            out.writeInt(op);
          }
          write(out, answers.answers());
          out.writeBoolean(!answers.roundingOnce().isEmpty());
          write(out, answers.roundingOnce());
        });
  }

  private static void write(DataOutputStream out, List<Expectation> answers) throws IOException {
    for (Expectation answer : answers) {
      write(out, answer);
    }
  }

  private static void write(DataOutputStream out, Expectation answer) throws IOException {
    write(out, answer.output());
    out.writeInt(answer.kept().size());
    for (Map.Entry<Integer, Bytes> kept : answer.kept().entrySet()) {
      out.writeInt(kept.getKey());
      write(out, kept.getValue());
    }
    out.writeInt(answer.opCrcs().size());
    for (Map.Entry<Integer, Long> crc : answer.opCrcs().entrySet()) {
      out.writeInt(crc.getKey());
      out.writeLong(crc.getValue());
    }
  }

  private static List<Expectation> expectations(List<Bytes> inputs, DataInputStream in)
      throws IOException {
    List<Expectation> all = new ArrayList<>();
    for (Bytes input : inputs) {
      all.add(expectation(input, in));
    }
    return all;
  }

  private static Expectation expectation(Bytes input, DataInputStream in) throws IOException {
    Bytes output = read(in);
    Map<Integer, Bytes> kept = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      kept.put(in.readInt(), read(in));
    }
    Map<Integer, Long> crcs = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      crcs.put(in.readInt(), in.readLong());
    }
    return new Expectation(input, output, kept, crcs);
  }

  private static void write(DataOutputStream out, Bytes bytes) throws IOException {
    out.writeInt(bytes.size());
    out.write(bytes.toArray());
  }

  private static Bytes read(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException(length + " bytes end after " + bytes.length);
    }
    return Bytes.of(bytes);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, shared without copying
  record Request(byte[] model, List<Bytes> inputs, boolean bothRules) {
    public byte[] encode() {
      return Payload.written(
          out -> {
            out.writeBoolean(bothRules);
            out.writeInt(inputs.size());
            for (Bytes input : inputs) {
              write(out, input);
            }
            out.write(model);
          });
    }

    static Request decode(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      boolean bothRules = in.readBoolean();
      List<Bytes> inputs = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        inputs.add(read(in));
      }
      return new Request(in.readAllBytes(), inputs, bothRules);
    }
  }
}
