package org.hilbench.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.hilbench.protocol.ErrorCode;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;

/**
 * A device in a few lines that answers every message truly. Its model has three operators on byte
 * tensors: add 1, reverse, keep every second byte.
 */
final class FakeFirmware {
  static final int INPUT_BYTES = 300;
  static final int MAX_PACKET = 128;
  static final List<String> POINTS = List.of("fast", "slow");
  private static final int OPS = 3;

  private final FakeServer server;
  private byte[] input = new byte[INPUT_BYTES];
  private int have;
  private int runs;
  private boolean perOp;
  private int held = -1;
  private boolean done;
  private String point = "fast";
  private int carriedOut;
  private boolean wedged;
  private boolean faulted;
  private int faultAfter = Integer.MAX_VALUE;
  private int resetAfter = Integer.MAX_VALUE;

  FakeFirmware(Consumer<byte[]> line) {
    server = new FakeServer(line, 41);
  }

  /** Takes bytes of the line. */
  void take(byte[] bytes) {
    try {
      server.take(bytes, this::carryOut);
    } catch (ProtocolException e) {
      server.refuse(ErrorCode.BAD_FIELD, Fields.builder().put(Tag.TEXT, e.getMessage()));
    }
  }

  /** Requests carried out, repeats not counted. */
  int carriedOut() {
    return carriedOut;
  }

  /** From now on it carries out so many requests and then hangs. */
  void wedge() {
    wedged = true;
  }

  void faultAfter(int requests) {
    faultAfter = carriedOut + requests;
  }

  void resetAfter(int requests) {
    resetAfter = carriedOut + requests;
  }

  static byte[] expectedOutput(byte[] input) {
    return tensor(OPS - 1, input);
  }

  static byte[] tensor(int op, byte[] input) {
    byte[] tensor = input.clone();
    for (int i = 0; i < tensor.length; i++) {
      tensor[i]++;
    }
    if (op >= 1) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = (byte) (input[tensor.length - 1 - i] + 1);
      }
    }
    if (op >= 2) {
      byte[] half = new byte[tensor.length / 2];
      for (int i = 0; i < half.length; i++) {
        half[i] = tensor[2 * i];
      }
      return half;
    }
    return tensor;
  }

  private void carryOut(Packet request) throws ProtocolException {
    if (wedged) {
      return;
    }
    boolean down = faulted && request.type() != MessageType.RESET.code();
    if (carriedOut >= faultAfter || down) {
      faulted = true;
      server.refuse(ErrorCode.FAULT, faultFields());
      return;
    }
    if (carriedOut >= resetAfter) {
      resetAfter = Integer.MAX_VALUE;
      boot();
      return;
    }
    carriedOut++;
    Fields fields = request.fields();
    MessageType type =
        Arrays.stream(MessageType.values())
            .filter(known -> known.code() == request.type())
            .findFirst()
            .orElseThrow();
    switch (type) {
      case HELLO -> server.answer(identity());
      case SET_OPERATING_POINT -> setPoint(fields.text(Tag.OPERATING_POINT));
      case INPUT -> takeInput(fields);
      case RUN -> run(fields);
      case READ -> read(fields);
      case STATISTICS -> statistics(fields.smallNumber(Tag.FIRST));
      case OPS -> ops(fields.smallNumber(Tag.FIRST));
      case FAULT -> server.answer(Fields.NONE);
      case RESET -> {
        server.answer(Fields.NONE);
        boot();
      }
      case CRASH -> {
        faulted = true;
        server.refuse(ErrorCode.FAULT, faultFields());
      }
      case UPLOAD_BEGIN, UPLOAD_DATA, UPLOAD_COMMIT, UPLOAD_PROGRESS ->
          server.refuse(ErrorCode.NOT_SUPPORTED, Fields.builder());
      case ECHO -> server.answer(Fields.builder().put(Tag.DATA, fields.data(Tag.DATA)).build());
    }
  }

  private void boot() {
    server.boot();
    have = 0;
    runs = 0;
    held = -1;
    done = false;
    faulted = false;
    input = new byte[INPUT_BYTES];
  }

  private Fields identity() {
    Fields.Builder identity =
        Fields.builder()
            .putU8(Tag.PROTOCOL, 1)
            .put(Tag.BUILD_ID, "fake")
            .put(Tag.MODEL_SHA256, new byte[] {1, 2})
            .putU32(Tag.MODEL_BYTES, 77)
            .put(Tag.TFLM_VERSION, "none")
            .put(Tag.KERNELS, "fake")
            .put(Tag.CORE, "none")
            .put(Tag.TARGET, "fake")
            .putU16(Tag.MAX_PACKET, MAX_PACKET)
            .putU32(Tag.INPUT_BYTES, INPUT_BYTES)
            .putU32(Tag.OUTPUT_BYTES, INPUT_BYTES / 2)
            .putU16(Tag.OP_COUNT, OPS)
            .putU32(Tag.CAPABILITIES, 0b101111)
            .putU8(Tag.MODEL_STATUS, 0);
    POINTS.forEach(name -> identity.put(Tag.OPERATING_POINT, name));
    return clock(identity).build();
  }

  private Fields.Builder clock(Fields.Builder fields) {
    fields.put(Tag.CLOCK_POINT, point).put(Tag.TICK_SOURCE, "fake-timer");
    if (point.equals("slow")) {
      return fields.putU8(Tag.CLOCK_CONFIRMED, 0).put(Tag.CLOCK_CAUSE, "PLL never locked");
    }
    return fields
        .putU8(Tag.CLOCK_CONFIRMED, 1)
        .putU32(Tag.CLOCK_HZ, 100_000_000)
        .putU32(Tag.TICK_HZ, 25_000_000);
  }

  private void setPoint(String name) {
    if (!POINTS.contains(name)) {
      server.refuse(ErrorCode.UNKNOWN_OPERATING_POINT, Fields.builder());
      return;
    }
    point = name;
    server.answer(clock(Fields.builder()).build());
  }

  private void takeInput(Fields fields) throws ProtocolException {
    int offset = fields.smallNumber(Tag.OFFSET);
    byte[] data = fields.data(Tag.DATA);
    int row = offset == 0 ? 0 : have;
    if (offset > row || offset + data.length > INPUT_BYTES) {
      server.refuse(ErrorCode.OUT_OF_RANGE, Fields.builder());
      return;
    }
    System.arraycopy(data, 0, input, offset, data.length);
    have = Math.max(row, offset + data.length);
    server.answer(Fields.builder().putU32(Tag.TOTAL, have).build());
  }

  private void run(Fields fields) throws ProtocolException {
    if (have < INPUT_BYTES) {
      server.refuse(ErrorCode.BAD_STATE, Fields.builder().put(Tag.TEXT, "no input"));
      return;
    }
    server.working();
    runs = fields.smallNumber(Tag.RUNS);
    perOp = fields.number(Tag.PER_OP) == 1;
    var stop = fields.findNumber(Tag.STOP_AFTER);
    held = stop.isPresent() ? (int) stop.getAsLong() : -1;
    done = stop.isEmpty() || held == OPS - 1;
    server.answer(Fields.builder().putU32(Tag.RUNS, runs).build());
  }

  private void read(Fields fields) throws ProtocolException {
    Optional<byte[]> tensor =
        switch (fields.smallNumber(Tag.SOURCE)) {
          case 0 -> done ? Optional.of(expectedOutput(input)) : Optional.empty();
          case 1 ->
              holds(fields.smallNumber(Tag.OP))
                  ? Optional.of(tensor(fields.smallNumber(Tag.OP), input))
                  : Optional.empty();
          default -> Optional.of(input);
        };
    if (tensor.isEmpty()) {
      server.refuse(ErrorCode.BAD_STATE, Fields.builder().put(Tag.TEXT, "tensor not held"));
      return;
    }
    byte[] bytes = tensor.get();
    int from = fields.smallNumber(Tag.OFFSET);
    int to = Math.min(bytes.length, from + Math.min(80, fields.smallNumber(Tag.LENGTH)));
    server.answer(
        Fields.builder()
            .putU32(Tag.TOTAL, bytes.length)
            .putU32(Tag.OFFSET, from)
            .putU32(Tag.CRC, crc(bytes))
            .put(Tag.DATA, Arrays.copyOfRange(bytes, from, to))
            .build());
  }

  private boolean holds(int op) {
    return op == held || (done && op == OPS - 2);
  }

  private void statistics(int first) {
    int count = Math.min(4, runs - first);
    long[] ticks = new long[count];
    for (int i = 0; i < count; i++) {
      ticks[i] = 1000L + first + i;
    }
    server.answer(
        Fields.builder()
            .putU32(Tag.TOTAL, runs)
            .putU32(Tag.FIRST, first)
            .putNumbers(Tag.RUN_TICKS, ticks)
            .put(Tag.TICK_SOURCE, "fake-timer")
            .putU32(Tag.TICK_HZ, 25_000_000)
            .putU32(Tag.ARENA_USED, 2000)
            .putU32(Tag.ARENA_BYTES, 4000)
            .putU32(Tag.STACK_USED, 300)
            .putU32(Tag.STACK_BYTES, 1000)
            .build());
  }

  private void ops(int first) {
    int total = perOp ? OPS : 0;
    Fields.Builder fields = Fields.builder().putU32(Tag.TOTAL, total).putU32(Tag.FIRST, first);
    for (int op = first; op < Math.min(total, first + 2); op++) {
      byte[] tensor = tensor(op, input);
      fields.put(
          Tag.OP_RECORD,
          Fields.builder()
              .putU16(Tag.OP, op)
              .putU16(Tag.OP_CODE, 100 + op)
              .putU64(Tag.TICKS, 10L * op + 5)
              .putU32(Tag.LENGTH, tensor.length)
              .putU32(Tag.CRC, crc(tensor))
              .build());
    }
    server.answer(fields.build());
  }

  private static Fields.Builder faultFields() {
    return Fields.builder()
        .put(Tag.PHASE, "run")
        .putU16(Tag.OP, 1)
        .putU32(Tag.FAULT_PC, 0x1234)
        .putU32(Tag.FAULT_LR, 0x5678)
        .putU32(Tag.CFSR, 0x8200)
        .putU32(Tag.HFSR, 0x40000000L)
        .putU32(Tag.BFAR, 0xcccccccdL);
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
