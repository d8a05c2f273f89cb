package org.hilbench.device;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.hilbench.protocol.ErrorCode;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;

/** A device in a few lines that answers every message truly, for a model that it plays. */
final class FakeFirmware {
  static final int INPUT_BYTES = 300;

  private final FakeServer server;
  private final FakeBoard board;
  private final FakeUpload upload;
  private Optional<FakeModel> loaded;
  private byte[] input;
  private int have;
  private int runs;
  private boolean perOp;
  private int held = -1;
  private boolean done;
  private FakeBoard.Point point;
  private int carriedOut;
  private boolean wedged;
  private boolean faulted;
  private int faultAfter = Integer.MAX_VALUE;
  private int resetAfter = Integer.MAX_VALUE;

  /** One whose model has three operators on byte tensors. */
  FakeFirmware(Consumer<byte[]> line) {
    this(line, FakeBoard.small(), FakeModel.threeOps(INPUT_BYTES));
  }

  /**
   * @param model linked in, or the one that resident firmware will take
   */
  FakeFirmware(Consumer<byte[]> line, FakeBoard board, FakeModel model) {
    server = new FakeServer(line, 41);
    this.board = board;
    upload = new FakeUpload(server, board, model);
    loaded = board.resident() ? Optional.empty() : Optional.of(model);
    input = new byte[model.inputBytes()];
    point = board.points().get(0);
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
    return tensor(2, input);
  }

  static byte[] tensor(int op, byte[] input) {
    return FakeModel.threeOps(input.length).tensor(op, input);
  }

  private int ops() {
    return loaded.orElseThrow().ops();
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
    MessageType type = FakeServer.typeOf(request);
    if (loaded.isEmpty() && FakeUpload.needsModel(type)) {
      server.refuse(ErrorCode.MODEL_NOT_READY, Fields.builder().putU8(Tag.MODEL_STATUS, 1));
      return;
    }
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
          loaded = upload.carryOut(type, fields);
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
    input = new byte[input.length];
  }

  private Fields identity() {
    Fields.Builder identity =
        Fields.builder()
            .putU8(Tag.PROTOCOL, 1)
            .put(Tag.BUILD_ID, board.buildId())
            .put(Tag.TFLM_VERSION, "none")
            .put(Tag.KERNELS, "fake")
            .put(Tag.CORE, "none")
            .put(Tag.TARGET, "fake")
            .putU16(Tag.MAX_PACKET, board.maxPacket())
            .putU32(Tag.CAPABILITIES, board.resident() ? 0b111111 : 0b101111);
    upload.identify(identity, loaded);
    board.points().forEach(each -> identity.put(Tag.OPERATING_POINT, each.name()));
    return clock(identity).build();
  }

  private Fields.Builder clock(Fields.Builder fields) {
    fields.put(Tag.CLOCK_POINT, point.name()).put(Tag.TICK_SOURCE, "fake-timer");
    if (point.cause().isPresent()) {
      return fields.putU8(Tag.CLOCK_CONFIRMED, 0).put(Tag.CLOCK_CAUSE, point.cause().get());
    }
    return fields
        .putU8(Tag.CLOCK_CONFIRMED, 1)
        .putU32(Tag.CLOCK_HZ, point.hz())
        .putU32(Tag.TICK_HZ, board.tickHz());
  }

  private void setPoint(String name) {
    Optional<FakeBoard.Point> found =
        board.points().stream().filter(each -> each.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      server.refuse(ErrorCode.UNKNOWN_OPERATING_POINT, Fields.builder());
      return;
    }
    point = found.get();
    server.answer(clock(Fields.builder()).build());
  }

  private void takeInput(Fields fields) throws ProtocolException {
    int offset = fields.smallNumber(Tag.OFFSET);
    byte[] data = fields.data(Tag.DATA);
    int row = offset == 0 ? 0 : have;
    if (offset > row || offset + data.length > input.length) {
      server.refuse(ErrorCode.OUT_OF_RANGE, Fields.builder());
      return;
    }
    System.arraycopy(data, 0, input, offset, data.length);
    have = Math.max(row, offset + data.length);
    server.answer(Fields.builder().putU32(Tag.TOTAL, have).build());
  }

  private void run(Fields fields) throws ProtocolException {
    if (have < input.length) {
      server.refuse(ErrorCode.BAD_STATE, Fields.builder().put(Tag.TEXT, "no input"));
      return;
    }
    server.working();
    runs = fields.smallNumber(Tag.RUNS);
    perOp = fields.number(Tag.PER_OP) == 1;
    var stop = fields.findNumber(Tag.STOP_AFTER);
    held = stop.isPresent() ? (int) stop.getAsLong() : -1;
    done = stop.isEmpty() || held == ops() - 1;
    server.answer(Fields.builder().putU32(Tag.RUNS, runs).build());
  }

  private void read(Fields fields) throws ProtocolException {
    Optional<byte[]> tensor =
        switch (fields.smallNumber(Tag.SOURCE)) {
          case 0 ->
              done ? Optional.of(loaded.orElseThrow().tensor(ops() - 1, input)) : Optional.empty();
          case 1 ->
              holds(fields.smallNumber(Tag.OP))
                  ? Optional.of(loaded.orElseThrow().tensor(fields.smallNumber(Tag.OP), input))
                  : Optional.empty();
          default -> Optional.of(input);
        };
    if (tensor.isEmpty()) {
      server.refuse(ErrorCode.BAD_STATE, Fields.builder().put(Tag.TEXT, "tensor not held"));
      return;
    }
    byte[] bytes = tensor.get();
    int from = fields.smallNumber(Tag.OFFSET);
    int to =
        Math.min(
            bytes.length, from + Math.min(board.maxPacket() - 48, fields.smallNumber(Tag.LENGTH)));
    server.answer(
        Fields.builder()
            .putU32(Tag.TOTAL, bytes.length)
            .putU32(Tag.OFFSET, from)
            .putU32(Tag.CRC, crc(bytes))
            .put(Tag.DATA, Arrays.copyOfRange(bytes, from, to))
            .build());
  }

  private boolean holds(int op) {
    return op == held || (done && op == ops() - 2);
  }

  private void statistics(int first) {
    int count = Math.min((board.maxPacket() - 96) / 8, runs - first);
    long[] ticks = new long[count];
    for (int i = 0; i < count; i++) {
      ticks[i] = board.ticks() + first + i;
    }
    Fields.Builder told =
        Fields.builder()
            .putU32(Tag.TOTAL, runs)
            .putU32(Tag.FIRST, first)
            .putNumbers(Tag.RUN_TICKS, ticks)
            .put(Tag.TICK_SOURCE, "fake-timer")
            .putU32(Tag.ARENA_USED, board.arena() / 2)
            .putU32(Tag.ARENA_BYTES, upload.arena())
            .putU32(Tag.STACK_USED, board.stack() / 3)
            .putU32(Tag.STACK_BYTES, board.stack());
    if (point.cause().isEmpty()) {
      told.putU32(Tag.TICK_HZ, board.tickHz());
    }
    server.answer(told.build());
  }

  private void ops(int first) {
    int total = perOp ? ops() : 0;
    Fields.Builder fields = Fields.builder().putU32(Tag.TOTAL, total).putU32(Tag.FIRST, first);
    for (int op = first; op < Math.min(total, first + (board.maxPacket() - 40) / 40); op++) {
      byte[] tensor = loaded.orElseThrow().tensor(op, input);
      fields.put(
          Tag.OP_RECORD,
          Fields.builder()
              .putU16(Tag.OP, op)
              .putU16(Tag.OP_CODE, loaded.orElseThrow().code(op))
              .putU64(Tag.TICKS, board.ticks() / (total + 1))
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
