package org.hilbench.device;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;
import org.hilbench.quantity.Range;

/** Whatever speaks the protocol at the other end of a line. */
public final class ProtocolDevice implements Device {
  private static final int FIELD_HEADS = 32;
  private static final int LONGEST_PACKET = 4096;
  private static final long OP_RECORD_BYTES = 40;

  /** A simulator's clock may run so much faster than the wall's, and so much before a request. */
  private static final double LEAD = 64;

  private static final double LEAD_SECONDS = 2;

  /** Instructions a second that no simulator of a microcontroller reaches. */
  private static final double SIMULATED_HZ = 1e9;

  private final Link link;
  private final String name;
  private final TickMeaning ticks;
  private final Session session;
  private Identity identity;
  private ClockReport clock;
  private Ran ran = Ran.NOTHING;

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
    return greet(link, name, patience, random, System::nanoTime);
  }

  /**
   * The same, of a device that another clock goes by.
   *
   * @param nanoTime as {@link System#nanoTime}: what all waiting goes by, and what no counter of
   *     the device outruns
   */
  public static ProtocolDevice greet(
      Link link, String name, Patience patience, RandomGenerator random, LongSupplier nanoTime)
      throws DeviceException {
    return greet(link, name, TickMeaning.time(), patience, random, nanoTime);
  }

  static ProtocolDevice greet(
      Link link, String name, TickMeaning ticks, Patience patience, RandomGenerator random)
      throws DeviceException {
    return greet(link, name, ticks, patience, random, System::nanoTime);
  }

  static ProtocolDevice greet(
      Link link,
      String name,
      TickMeaning ticks,
      Patience patience,
      RandomGenerator random,
      LongSupplier nanoTime)
      throws DeviceException {
    Session session = new Session(link, name, patience, random, nanoTime);
    return new ProtocolDevice(link, name, ticks, session, greeting(session, name));
  }

  private record Greeting(Identity identity, ClockReport clock) {}

  private static Greeting greeting(Session session, String name) throws DeviceException {
    Fields fields = session.greet();
    return read(
        name,
        MessageType.HELLO,
        () -> new Greeting(Replies.identity(fields), Replies.clock(fields)));
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
    ran = Ran.NOTHING;
    Uploader uploader = new Uploader(session, name, identity, LONGEST_PACKET);
    Fields told =
        session.within(uploader.patience(model), model.bytes(), () -> uploader.upload(model));
    Range sent = Range.only(model.bytes(), "bytes");
    require(MessageType.UPLOAD_COMMIT, told, Tag.MODEL_BYTES, sent);
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
    session.within(tensor.length, () -> sent(tensor));
  }

  private byte[] sent(byte[] tensor) throws DeviceException {
    for (int at = 0; at < tensor.length; ) {
      int end = Math.min(tensor.length, at + room());
      Fields piece =
          Fields.builder()
              .putU32(Tag.OFFSET, at)
              .put(Tag.DATA, Arrays.copyOfRange(tensor, at, end))
              .build();
      Fields told = session.request(MessageType.INPUT, piece);
      require(MessageType.INPUT, told, Tag.TOTAL, Range.only(end, "bytes"));
      at = end;
    }
    return tensor;
  }

  @Override
  public void run(RunOrder order) throws DeviceException {
    Fields.Builder asked =
        Fields.builder()
            .putU32(Tag.WARMUPS, order.warmups())
            .putU32(Tag.RUNS, order.runs())
            .putU8(Tag.PER_OP, order.perOp() ? 1 : 0);
    order.stopAfter().ifPresent(op -> asked.putU16(Tag.STOP_AFTER, op));
    long begin = session.now();
    ran = Ran.NOTHING;
    Fields told = carriedOut(asked.build(), order);
    require(MessageType.RUN, told, Tag.RUNS, Range.only(order.runs(), "runs"));
    double seconds = (session.now() - begin) / 1e9;
    ran = new Ran(order.runs(), order.perOp() ? identity.opCount() : 0, seconds);
  }

  /**
   * What the last run has to tell.
   *
   * @param seconds that it took by this machine's clock
   */
  private record Ran(int runs, int ops, double seconds) {
    private static final Ran NOTHING = new Ran(0, 0, 0);
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
    return tensor(() -> Fields.builder().putU8(Tag.SOURCE, 0), identity.outputBytes());
  }

  @Override
  public byte[] opOutput(int op, int bytes) throws DeviceException {
    return tensor(() -> Fields.builder().putU8(Tag.SOURCE, 1).putU16(Tag.OP, op), bytes);
  }

  private byte[] tensor(Supplier<Fields.Builder> which, int bytes) throws DeviceException {
    return session.within(bytes, () -> readTensor(which, bytes));
  }

  private byte[] readTensor(Supplier<Fields.Builder> which, int bytes) throws DeviceException {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    long crc;
    do {
      Fields told = piece(which, tensor.size());
      byte[] data = read(name, MessageType.READ, () -> told.data(Tag.DATA));
      int left = bytes - tensor.size();
      require(MessageType.READ, told, Tag.TOTAL, Range.only(bytes, "bytes"));
      require(MessageType.READ, told, Tag.OFFSET, Range.only(tensor.size(), ""));
      crc = read(name, MessageType.READ, () -> told.number(Tag.CRC));
      if (data.length > left || (data.length == 0 && left > 0)) {
        throw malformed(
            MessageType.READ, "DATA of " + data.length + " bytes, where " + left + " are missing");
      }
      tensor.writeBytes(data);
    } while (tensor.size() < bytes);
    requireCrc(tensor.toByteArray(), crc);
    return tensor.toByteArray();
  }

  private void requireCrc(byte[] tensor, long told) throws DeviceException {
    CRC32 crc = new CRC32();
    crc.update(tensor);
    if (crc.getValue() != told) {
      throw malformed(MessageType.READ, "CRC " + told + " is not that of the tensor that it sent");
    }
  }

  private Fields piece(Supplier<Fields.Builder> which, int from) throws DeviceException {
    Fields asked = which.get().putU32(Tag.OFFSET, from).putU32(Tag.LENGTH, LONGEST_PACKET).build();
    return session.request(MessageType.READ, asked);
  }

  @Override
  public Statistics statistics() throws DeviceException {
    return session.within((long) ran.runs * Long.BYTES, this::readStatistics);
  }

  private Statistics readStatistics() throws DeviceException {
    List<Long> ticks = new ArrayList<>();
    while (true) {
      Fields told = page(MessageType.STATISTICS, ticks.size());
      long[] more = read(name, MessageType.STATISTICS, () -> told.numbers(Tag.RUN_TICKS));
      boolean last = isLast(MessageType.STATISTICS, told, ticks.size(), more.length, ran.runs);
      Arrays.stream(more).forEach(ticks::add);
      if (last) {
        return read(name, MessageType.STATISTICS, () -> timely(Replies.statistics(told, ticks)));
      }
    }
  }

  @Override
  public List<OpReport> ops() throws DeviceException {
    return session.within(ran.ops * OP_RECORD_BYTES, this::readOps);
  }

  private List<OpReport> readOps() throws DeviceException {
    List<OpReport> ops = new ArrayList<>();
    while (true) {
      Fields told = page(MessageType.OPS, ops.size());
      List<OpReport> more = read(name, MessageType.OPS, () -> Replies.ops(told, ops.size()));
      boolean last = isLast(MessageType.OPS, told, ops.size(), more.size(), ran.ops);
      ops.addAll(more);
      if (last) {
        return List.copyOf(ops);
      }
    }
  }

  private Fields page(MessageType type, int first) throws DeviceException {
    return session.request(type, Fields.builder().putU32(Tag.FIRST, first).build());
  }

  /**
   * Whether a list that comes in pieces is whole with this one.
   *
   * @param wanted elements, as the run was asked for: the device has no say in it
   */
  private boolean isLast(MessageType type, Fields told, int have, int more, int wanted)
      throws DeviceException {
    require(type, told, Tag.TOTAL, Range.only(wanted, ""));
    require(type, told, Tag.FIRST, Range.only(have, ""));
    if (more > wanted - have || (more == 0 && have < wanted)) {
      throw malformed(type, more + " elements, where " + (wanted - have) + " are missing");
    }
    return have + more == wanted;
  }

  /** One counter, and by it no longer than by this machine's clock. */
  private Statistics timely(Statistics told) throws ProtocolException {
    requireTheClocksCounter(told);
    OptionalDouble perSecond = ticksPerSecond(told);
    if (perSecond.isPresent()) {
      double most = Math.floor((LEAD * ran.seconds + LEAD_SECONDS) * perSecond.getAsDouble());
      long sum = 0;
      for (long ticks : told.ticks()) {
        Replies.within(Tag.RUN_TICKS, ticks, new Range(0, most, ""));
        sum += ticks;
      }
      Replies.require("the sum of RUN_TICKS", sum, new Range(0, most, ""));
    }
    return told;
  }

  private void requireTheClocksCounter(Statistics told) throws ProtocolException {
    long here = told.tickHz().orElse(0);
    Replies.require("TICK_HZ", here, Range.only(clock.tickHz().orElse(0), "Hz"));
    if (!told.tickSource().equals(clock.tickSource())) {
      throw new ProtocolException(
          "TICK_SOURCE '" + told.tickSource() + "' is not the clock's: " + clock.tickSource());
    }
  }

  private OptionalDouble ticksPerSecond(Statistics told) {
    OptionalDouble instructions = instructionsPerTick();
    if (told.tickHz().isPresent()) {
      return OptionalDouble.of((double) told.tickHz().getAsLong());
    }
    return instructions.isPresent()
        ? OptionalDouble.of(SIMULATED_HZ / instructions.getAsDouble())
        : instructions;
  }

  private void require(MessageType type, Fields told, Tag tag, Range range) throws DeviceException {
    read(name, type, () -> Replies.within(tag, told.number(tag), range));
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
    throw malformed(MessageType.CRASH, "it went on as if nothing had happened");
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
      throw malformed(MessageType.RESET, "it said that it would, and was not reset");
    }
    identity = greeting.identity;
    clock = greeting.clock;
    ran = Ran.NOTHING;
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
    return new DeviceException.Malformed(name + " answered " + type + " wrongly: " + what, null);
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
