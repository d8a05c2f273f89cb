package org.hilbench.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;

/** Whatever speaks the protocol at the other end of a line. */
public final class ProtocolDevice implements Device {
  private static final int FIELD_HEADS = 32;
  private static final int LONGEST_PACKET = 4096;

  private final Link link;
  private final String name;
  private final TickMeaning ticks;
  private final Session session;
  private Identity identity;
  private ClockReport clock;

  private ProtocolDevice(
      Link link, String name, TickMeaning ticks, Session session, Greeting greeting) {
    this.link = link;
    this.name = name;
    this.ticks = ticks;
    this.session = session;
    this.identity = greeting.identity;
    this.clock = greeting.clock;
  }

  /**
   * Greets the device on this line. The device owns the line from then on; after an exception the
   * caller still does.
   */
  public static ProtocolDevice greet(
      Link link, String name, Patience patience, RandomGenerator random) throws DeviceException {
    return greet(link, name, TickMeaning.time(), patience, random);
  }

  static ProtocolDevice greet(
      Link link, String name, TickMeaning ticks, Patience patience, RandomGenerator random)
      throws DeviceException {
    Session session = new Session(link, name, patience, random);
    return new ProtocolDevice(link, name, ticks, session, greeting(session, name));
  }

  private record Greeting(Identity identity, ClockReport clock) {}

  private static Greeting greeting(Session session, String name) throws DeviceException {
    Fields fields = session.greet();
    return read(
        name,
        MessageType.HELLO,
        () -> {
          Identity identity = Replies.identity(fields);
          if (identity.maxPacket() < Packet.SMALLEST_LIMIT) {
            throw new ProtocolException("MAX_PACKET " + identity.maxPacket() + " is below 128");
          }
          return new Greeting(identity, Replies.clock(fields));
        });
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public ClockReport clock() {
    return clock;
  }

  @Override
  public OptionalDouble instructionsPerTick() {
    return ticks.instructionsPerTick(clock);
  }

  @Override
  public long upload(Upload model) throws DeviceException {
    Fields told = new Uploader(session, name, identity, LONGEST_PACKET).upload(model);
    identity = read(name, MessageType.UPLOAD_COMMIT, () -> Replies.loaded(identity, told));
    return read(name, MessageType.UPLOAD_COMMIT, () -> told.number(Tag.ARENA_BYTES));
  }

  @Override
  public ClockReport operatingPoint(String point) throws DeviceException {
    Fields asked = Fields.builder().put(Tag.OPERATING_POINT, point).build();
    Fields told = session.request(MessageType.SET_OPERATING_POINT, asked);
    clock = read(name, MessageType.SET_OPERATING_POINT, () -> Replies.clock(told));
    return clock;
  }

  @Override
  public void input(byte[] tensor) throws DeviceException {
    if (tensor.length != identity.inputBytes()) {
      throw new IllegalArgumentException(
          "input of " + tensor.length + " bytes; the model takes " + identity.inputBytes());
    }
    for (int at = 0; at < tensor.length; ) {
      int end = Math.min(tensor.length, at + room());
      Fields piece =
          Fields.builder()
              .putU32(Tag.OFFSET, at)
              .put(Tag.DATA, Arrays.copyOfRange(tensor, at, end))
              .build();
      Fields told = session.request(MessageType.INPUT, piece);
      long total = read(name, MessageType.INPUT, () -> told.number(Tag.TOTAL));
      if (total != end) {
        throw malformed(MessageType.INPUT, "has " + total + " bytes of the input, not " + end);
      }
      at = end;
    }
  }

  @Override
  public void run(RunOrder order) throws DeviceException {
    Fields.Builder asked =
        Fields.builder()
            .putU32(Tag.WARMUPS, order.warmups())
            .putU32(Tag.RUNS, order.runs())
            .putU8(Tag.PER_OP, order.perOp() ? 1 : 0);
    order.stopAfter().ifPresent(op -> asked.putU16(Tag.STOP_AFTER, op));
    Fields told = carriedOut(asked.build(), order);
    long runs = read(name, MessageType.RUN, () -> told.number(Tag.RUNS));
    if (runs != order.runs()) {
      throw malformed(MessageType.RUN, "ran " + runs + " times, not " + order.runs());
    }
  }

  private Fields carriedOut(Fields asked, RunOrder order) throws DeviceException {
    try {
      return session.request(MessageType.RUN, asked, order.limit());
    } catch (DeviceException.Reset reset) {
      Optional<FaultReport> bite = bite();
      throw bite.isPresent() ? new DeviceException.OutlastedWatchdog(name, bite.get()) : reset;
    }
  }

  /** What the boot before was at, if the new one says that the watchdog ended it. */
  private Optional<FaultReport> bite() {
    Session next = session.another();
    try {
      String cause = greeting(next, name).identity.resetCause();
      Fields told = next.request(MessageType.FAULT, Fields.NONE);
      return cause.equals(FaultReport.BY_WATCHDOG)
          ? Optional.of(Replies.fault(told)).filter(FaultReport::byWatchdog)
          : Optional.empty();
    } catch (DeviceException | ProtocolException e) {
      return Optional.empty(); // it cannot tell
    }
  }

  @Override
  public byte[] output() throws DeviceException {
    return readTensor(() -> Fields.builder().putU8(Tag.SOURCE, 0));
  }

  @Override
  public byte[] opOutput(int op) throws DeviceException {
    return readTensor(() -> Fields.builder().putU8(Tag.SOURCE, 1).putU16(Tag.OP, op));
  }

  private byte[] readTensor(Supplier<Fields.Builder> which) throws DeviceException {
    byte[] tensor = new byte[0];
    Tensor piece;
    int have = 0;
    do {
      piece = piece(which, have);
      if (have == 0) {
        tensor = new byte[piece.total];
      }
      if (piece.total != tensor.length
          || piece.offset != have
          || piece.data.length > tensor.length - have
          || (piece.data.length == 0 && have < tensor.length)) {
        throw malformed(MessageType.READ, "sent a piece that does not fit: " + piece);
      }
      System.arraycopy(piece.data, 0, tensor, have, piece.data.length);
      have += piece.data.length;
    } while (have < tensor.length);
    CRC32 crc = new CRC32();
    crc.update(tensor);
    if (crc.getValue() != piece.crc) {
      throw malformed(MessageType.READ, "says another CRC than the tensor's it sent");
    }
    return tensor;
  }

  private static final class Tensor {
    private final int total;
    private final int offset;
    private final byte[] data;
    private final long crc;

    private Tensor(Fields fields) throws ProtocolException {
      total = fields.smallNumber(Tag.TOTAL);
      offset = fields.smallNumber(Tag.OFFSET);
      data = fields.data(Tag.DATA);
      crc = fields.number(Tag.CRC);
      if (total > 1 << 26) {
        throw new ProtocolException("a tensor of " + total + " bytes");
      }
    }

    @Override
    public String toString() {
      return data.length + " bytes at " + offset + " of " + total;
    }
  }

  private Tensor piece(Supplier<Fields.Builder> which, int from) throws DeviceException {
    Fields asked = which.get().putU32(Tag.OFFSET, from).putU32(Tag.LENGTH, LONGEST_PACKET).build();
    Fields told = session.request(MessageType.READ, asked);
    return read(name, MessageType.READ, () -> new Tensor(told));
  }

  @Override
  public Statistics statistics() throws DeviceException {
    List<Long> ticks = new ArrayList<>();
    while (true) {
      Fields told = page(MessageType.STATISTICS, ticks.size());
      long[] more = read(name, MessageType.STATISTICS, () -> told.numbers(Tag.RUN_TICKS));
      Arrays.stream(more).forEach(ticks::add);
      if (complete(MessageType.STATISTICS, told, ticks.size(), more.length)) {
        return read(name, MessageType.STATISTICS, () -> Replies.statistics(told, ticks));
      }
    }
  }

  @Override
  public List<OpReport> ops() throws DeviceException {
    List<OpReport> ops = new ArrayList<>();
    while (true) {
      Fields told = page(MessageType.OPS, ops.size());
      List<OpReport> more = read(name, MessageType.OPS, () -> Replies.ops(told));
      ops.addAll(more);
      if (complete(MessageType.OPS, told, ops.size(), more.size())) {
        return List.copyOf(ops);
      }
    }
  }

  private Fields page(MessageType type, int first) throws DeviceException {
    return session.request(type, Fields.builder().putU32(Tag.FIRST, first).build());
  }

  /** Whether a list that comes in pieces is whole. */
  private boolean complete(MessageType type, Fields told, int have, int more)
      throws DeviceException {
    long total = read(name, type, () -> told.number(Tag.TOTAL));
    long first = read(name, type, () -> told.number(Tag.FIRST));
    if (first != have - more || have > total || (more == 0 && have < total)) {
      throw malformed(type, "sent " + more + " elements from " + first + " of " + total);
    }
    return have == total;
  }

  @Override
  public byte[] echo(byte[] bytes) throws DeviceException {
    Fields told = session.request(MessageType.ECHO, Fields.builder().put(Tag.DATA, bytes).build());
    return read(name, MessageType.ECHO, () -> told.data(Tag.DATA));
  }

  @Override
  public Optional<FaultReport> lastFault() throws DeviceException {
    Fields told = session.request(MessageType.FAULT, Fields.NONE);
    return told.equals(Fields.NONE)
        ? Optional.empty()
        : Optional.of(read(name, MessageType.FAULT, () -> Replies.fault(told)));
  }

  @Override
  public FaultReport crash() throws DeviceException {
    try {
      session.request(MessageType.CRASH, Fields.NONE);
    } catch (DeviceException.Fault fault) {
      return fault.report();
    }
    throw malformed(MessageType.CRASH, "went on as if nothing had happened");
  }

  @Override
  public void reset() throws DeviceException {
    long before = session.nonce();
    try {
      session.request(MessageType.RESET, Fields.NONE);
    } catch (DeviceException.Reset e) {
      // its answer was lost, and asking again met the next boot: done
    }
    Greeting greeting = greeting(session, name);
    if (session.nonce() == before) {
      throw malformed(MessageType.RESET, "said that it would, and was not reset");
    }
    identity = greeting.identity;
    clock = greeting.clock;
  }

  @Override
  public void close() {
    link.close();
  }

  /** Bytes of a tensor that one packet takes to the device. */
  private int room() {
    int packet = Math.min(LONGEST_PACKET, identity.maxPacket());
    return packet - Packet.HEADER_BYTES - Packet.CRC_BYTES - FIELD_HEADS;
  }

  private DeviceException malformed(MessageType type, String what) {
    return new DeviceException.Malformed(name + " answered " + type + ": it " + what, null);
  }

  private interface Reading<T> {
    T read() throws ProtocolException;
  }

  private static <T> T read(String name, MessageType type, Reading<T> reading)
      throws DeviceException {
    try {
      return reading.read();
    } catch (ProtocolException e) {
      throw new DeviceException.Malformed(
          name + " answered " + type + " wrongly: " + e.getMessage(), e);
    }
  }
}
