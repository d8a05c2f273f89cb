package org.hilbench.operators;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.RunningCommand;
import org.hilbench.tflite.TfliteModel;
import org.jspecify.annotations.Nullable;

/** Models into the engine on this machine, outputs back; started anew where it ended. */
final class EnginePipe implements Engine {
  private static final Duration LIMIT = Duration.ofDays(1);
  private static final int READY = 0;
  private static final int MOST_BYTES = 1 << 24;

  private final CommandRunner runner = new ExecRunner();
  private final Path program;
  private @Nullable RunningCommand process;

  EnginePipe(Path program) {
    this.program = program;
  }

  /**
   * What the engine did with a model.
   *
   * @param refusal its words where it did not prepare the model, or ended; else empty
   * @param outputs of every input: every operator's first output; null where an operator failed
   */
  private record Answer(String refusal, List<@Nullable List<byte[]>> outputs) {}

  @Override
  public Optional<String> fault(Answers answers, byte[] linked) throws BenchException {
    Answer answer = run(linked, answers.model().operators().size(), answers.inputs());
    if (!answer.refusal().isEmpty()) {
      return Optional.of("REFUSED by the runtime: " + answer.refusal());
    }
    for (int input = 0; input < answers.inputs().size(); input++) {
      @Nullable List<byte[]> got = answer.outputs().get(input);
      Optional<String> fault =
          got == null
              ? Optional.of("an operator FAILED")
              : difference(answers.model(), answers.outputs().get(input), got);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(
      TfliteModel model, List<byte[]> right, List<byte[]> got) {
    for (int i = 0; i < right.size(); i++) {
      if (!Arrays.equals(right.get(i), got.get(i))) {
        String label = model.operators().get(i).label();
        return Optional.of(label + difference(right.get(i), got.get(i)));
      }
    }
    return Optional.empty();
  }

  private static String difference(byte[] right, byte[] got) {
    if (right.length != got.length) {
      return " gives " + got.length + " bytes, not " + right.length;
    }
    int different = 0;
    int most = 0;
    for (int i = 0; i < right.length; i++) {
      different += right[i] == got[i] ? 0 : 1;
      most = Math.max(most, Math.abs(right[i] - got[i]));
    }
    return " DIFFERS in " + different + " of " + right.length + " bytes by up to " + most;
  }

  private Answer run(byte[] model, int operators, List<byte[]> inputs) throws BenchException {
    try {
      return ask(model, operators, inputs);
    } catch (IOException e) {
      String said = process == null ? "" : process.stderrTail();
      close();
      return new Answer("the engine ended: " + said.strip(), List.of());
    }
  }

  private Answer ask(byte[] model, int operators, List<byte[]> inputs)
      throws IOException, BenchException {
    RunningCommand running = running();
    int input = inputs.get(0).length;
    byte[] bytes = new byte[12 + model.length + inputs.size() * input];
    ByteBuffer request = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    request.putInt(model.length).put(model).putInt(inputs.size()).putInt(input);
    inputs.forEach(request::put);
    OutputStream to = running.stdin();
    to.write(bytes);
    to.flush();
    DataInputStream from = new DataInputStream(running.stdout());
    int status = number(from);
    String log = new String(bytes(from), StandardCharsets.ISO_8859_1);
    if (status != READY) {
      return new Answer(log.isEmpty() ? "status " + status : log, List.of());
    }
    List<@Nullable List<byte[]>> outputs = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      outputs.add(number(from) == 1 ? outputs(from, operators) : null);
    }
    return new Answer("", outputs);
  }

  private static List<byte[]> outputs(DataInputStream from, int operators) throws IOException {
    List<byte[]> outputs = new ArrayList<>();
    for (int i = 0; i < operators; i++) {
      outputs.add(bytes(from));
    }
    return outputs;
  }

  private RunningCommand running() throws BenchException {
    RunningCommand known = process;
    if (known == null || !known.alive()) {
      known = runner.start(Command.of(program.toString()).withTimeout(LIMIT));
      process = known;
    }
    return known;
  }

  private static int number(DataInputStream from) throws IOException {
    return Integer.reverseBytes(from.readInt());
  }

  private static byte[] bytes(DataInputStream from) throws IOException {
    int size = number(from);
    if (size < 0 || size > MOST_BYTES) {
      throw new IOException("an output of " + size + " bytes");
    }
    return from.readNBytes(size);
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
      process = null;
    }
  }
}
