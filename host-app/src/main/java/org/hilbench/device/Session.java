package org.hilbench.device;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.hilbench.protocol.ErrorCode;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.ProtocolException;
import org.hilbench.protocol.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests and their answers over a line that may lose and corrupt bytes: asks again, believes only
 * answers to what was asked, of the boot that was greeted. Not thread-safe.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration AFTER_A_BAD_FRAME = Duration.ofMillis(20);

  /** Answers to what was asked before, and noise: no more is listened to for one answer. */
  private static final long MOST_BYTES = 1 << 20;

  /** As much again each time it is asked: an answer is as long as a packet, and as many noise. */
  private static final long MOST_BYTES_ASKED_AGAIN = 1 << 17;

  /** An eighth of the slowest rate that profiles name. */
  private static final long NANOS_A_BYTE = 700_000;

  private final Link link;
  private final String name;
  private final Patience patience;
  private final FrameDecoder decoder = new FrameDecoder();
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final byte[] buffer = new byte[4096];
  private byte[] unread = new byte[0];
  private int sequence;
  private long nonce;
  private Optional<Clock> talk = Optional.empty();

  /**
   * @param name of the device, for messages
   * @param random for the greeting's salt and the first sequence number
   * @param nanoTime as {@link System#nanoTime}
   */
  Session(
      Link link, String name, Patience patience, RandomGenerator random, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.link = link;
    this.name = name;
    this.patience = patience;
    this.random = random;
    this.sequence = random.nextInt(0x10000);
  }

  /** Another conversation over the same line; this one goes on believing in its own boot alone. */
  Session another() {
    return new Session(link, name, patience, random, nanoTime);
  }

  /** Of the boot that is talked to. */
  long nonce() {
    return nonce;
  }

  /** For one answer. */
  Duration patience() {
    return patience.request();
  }

  /** Nanoseconds of the clock that it waits by. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** Greets the device and takes its boot for the one to talk to. */
  Fields greet() throws DeviceException {
    nonce = 0;
    long salt = Integer.toUnsignedLong(random.nextInt());
    Fields fields = Fields.builder().putU32(Tag.SALT, salt).build();
    return request(MessageType.HELLO, fields, patience.greeting());
  }

  /** Several requests that are one conversation. */
  @FunctionalInterface
  interface Talk<T> {
    T hold() throws DeviceException;
  }

  /**
   * Holds a conversation: each of its requests ends at its end, whatever the device says in them.
   *
   * @param bytes that it carries, for which a slow line gets its time
   */
  <T> T within(Duration patience, long bytes, Talk<T> conversation) throws DeviceException {
    Duration limit = patience.plusNanos(bytes * NANOS_A_BYTE);
    talk = Optional.of(new Clock(limit, limit));
    try {
      return conversation.hold();
    } finally {
      talk = Optional.empty();
    }
  }

  /** Likewise with the usual patience. */
  <T> T within(long bytes, Talk<T> conversation) throws DeviceException {
    return within(patience.request().multipliedBy(2), bytes, conversation);
  }

  Fields request(MessageType type, Fields fields) throws DeviceException {
    return request(type, fields, patience.request());
  }

  /** Asks until there is an answer or {@code limit} is over. */
  Fields request(MessageType type, Fields fields, Duration limit) throws DeviceException {
    return request(type, fields, new Clock(limit, patience.repeat()));
  }

  /** Asks what stands behind posted requests, which may be on their way for so long. */
  Fields requestBehind(MessageType type, Fields fields, Duration onTheirWay)
      throws DeviceException {
    Duration limit = patience.request().plus(onTheirWay);
    return request(type, fields, new Clock(limit, patience.repeat().plus(onTheirWay)));
  }

  /** Sends a request that wants no answer, once. */
  void post(MessageType type, Fields fields) throws DeviceException {
    send(nextFrame(type, fields), new Clock(patience.request(), patience.repeat()));
  }

  private byte[] nextFrame(MessageType type, Fields fields) {
    sequence = (sequence + 1) & 0xffff;
    return new Packet(type.code(), sequence, nonce, fields).toFrame();
  }

  private Fields request(MessageType type, Fields fields, Clock clock) throws DeviceException {
    byte[] frame = nextFrame(type, fields);
    while (!clock.over()) {
      clock.mostBytes += MOST_BYTES_ASKED_AGAIN;
      send(frame, clock);
      Optional<Packet> answer = await(type, clock);
      if (answer.isPresent()) {
        return checked(type, answer.get());
      }
      LOG.debug("asking {} again: {}", name, type);
    }
    if (talk.isPresent() && talk.get().over()) {
      throw new DeviceException.TimedOut(
          String.format(
              Locale.ROOT,
              "%s was not done with %s within %.1f s",
              name,
              type,
              talk.get().limit.toMillis() / 1e3));
    }
    throw new DeviceException.TimedOut(
        String.format(
            Locale.ROOT,
            "%s did not answer %s within %.1f s%s",
            name,
            type,
            clock.limit.toMillis() / 1e3,
            clock.working ? ", though it had begun" : ""));
  }

  /** What has to be known while an answer is waited for. */
  private final class Clock {
    private final Duration limit;
    private final Duration repeat;
    private final long deadline;
    private long repeatAt;
    private boolean working;
    private long bytes;
    private long mostBytes = MOST_BYTES;

    private Clock(Duration limit, Duration repeat) {
      this.limit = limit;
      this.repeat = repeat;
      long own = now() + limit.toNanos();
      deadline = talk.isPresent() ? Math.min(own, talk.get().deadline) : own;
      repeatAt = deadline;
    }

    private boolean over() {
      return now() - deadline >= 0;
    }

    private void sent() {
      repeatAt = now() + repeat.toNanos() * (working ? 10 : 1);
    }

    private void repeatWithin(Duration soon) {
      repeatAt = Math.min(repeatAt, now() + soon.toNanos());
    }

    private Duration untilRepeat() {
      long now = now();
      return Duration.ofNanos(Math.max(0, Math.min(repeatAt - now, deadline - now)));
    }
  }

  private void send(byte[] frame, Clock clock) throws DeviceException {
    try {
      link.write(frame, Duration.ofNanos(Math.max(1, clock.deadline - now())));
      clock.sent();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** The answer to the current request; empty when it is time to ask again. */
  private Optional<Packet> await(MessageType type, Clock clock) throws DeviceException {
    while (true) {
      Optional<Packet> packet = nextPacket(clock);
      if (packet.isEmpty()) {
        return packet;
      }
      Packet answer = packet.get();
      if (answer.sequence() != sequence) {
        continue; // to a request that was asked twice
      }
      if (answer.type() == MessageType.WORKING && sameBoot(answer)) {
        clock.working = true;
        clock.sent();
      } else if (answer.type() == type.replyCode() || answer.type() == MessageType.ERROR) {
        return packet;
      }
    }
  }

  /** The next good packet of the line; empty when it is time to ask again. */
  private Optional<Packet> nextPacket(Clock clock) throws DeviceException {
    while (true) {
      for (int i = 0; i < unread.length; i++) {
        long droppedBefore = decoder.dropped();
        Optional<Packet> packet = decoder.accept(unread[i]);
        if (decoder.dropped() > droppedBefore) {
          clock.repeatWithin(AFTER_A_BAD_FRAME);
        }
        if (packet.isPresent()) {
          unread = Arrays.copyOfRange(unread, i + 1, unread.length);
          return packet;
        }
      }
      Duration wait = clock.untilRepeat();
      unread = wait.isZero() ? new byte[0] : read(wait);
      requireFew(clock);
      if (unread.length == 0 && clock.untilRepeat().isZero()) {
        return Optional.empty();
      }
    }
  }

  private void requireFew(Clock clock) throws DeviceException {
    clock.bytes += unread.length;
    if (clock.bytes > clock.mostBytes) {
      throw new DeviceException.Malformed(
          name + " sent " + clock.bytes + " bytes, and no answer among them", null);
    }
  }

  private byte[] read(Duration wait) throws DeviceException {
    int count;
    try {
      count = link.read(buffer, wait);
    } catch (IOException e) {
      throw lost(e);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new DeviceException.Interrupted(name + ": stopped by an interruption");
    }
    if (count < 0) {
      throw new DeviceException.Lost(name + ": the line ended", null);
    }
    return Arrays.copyOf(buffer, count);
  }

  private DeviceException lost(IOException cause) {
    if (Thread.currentThread().isInterrupted()) {
      return new DeviceException.Interrupted(name + ": stopped by an interruption");
    }
    if (cause instanceof SimulatorLink.Ended ended) {
      return new DeviceException.Died(name + ": " + ended.getMessage(), ended.fromOutside());
    }
    return new DeviceException.Lost(name + ": the line is gone: " + cause.getMessage(), cause);
  }

  private boolean sameBoot(Packet answer) {
    return nonce == 0 || answer.nonce() == nonce;
  }

  /** Nothing that an answer says is looked at before all of it is possible. */
  private Fields checked(MessageType type, Packet answer) throws DeviceException {
    requirePossible(type, answer.fields());
    if (answer.type() == MessageType.ERROR) {
      throw refusal(type, answer.fields());
    }
    if (!sameBoot(answer)) {
      throw reset();
    }
    nonce = answer.nonce();
    return answer.fields();
  }

  private void requirePossible(MessageType type, Fields fields) throws DeviceException {
    try {
      fields.check();
    } catch (ProtocolException e) {
      throw new DeviceException.Malformed(
          name + " answered " + type + " wrongly: " + e.getMessage(), e);
    }
  }

  private DeviceException reset() {
    return new DeviceException.Reset(
        name + " was reset while it was in use; what it held is void, run again");
  }

  private DeviceException refusal(MessageType type, Fields fields) {
    try {
      int number = fields.smallNumber(Tag.ERROR_CODE);
      Optional<ErrorCode> code = ErrorCode.of(number);
      if (code.isEmpty()) {
        return new DeviceException.Malformed(
            name + " answered " + type + " with error " + number, null);
      }
      return switch (code.get()) {
        case WRONG_NONCE -> reset();
        case FAULT -> new DeviceException.Fault(name, Replies.fault(fields));
        case FLASH_FAILED -> flashFailed(fields);
        default -> new DeviceException.Refused(code.get(), refusalText(type, code.get(), fields));
      };
    } catch (ProtocolException e) {
      return new DeviceException.Malformed(
          name + ": error reply to " + type + ": " + e.getMessage(), e);
    }
  }

  private DeviceException flashFailed(Fields fields) throws ProtocolException {
    return new DeviceException.FlashFailed(
        name,
        fields.findText(Tag.TEXT).orElse("it did not say why"),
        fields.number(Tag.FLASH_ADDRESS),
        fields.number(Tag.FLASH_STATUS));
  }

  private String refusalText(MessageType type, ErrorCode code, Fields fields)
      throws ProtocolException {
    StringBuilder text = new StringBuilder(name + " refused " + type + ": " + code);
    fields
        .findNumber(Tag.TAG)
        .ifPresent(tag -> text.append(", field ").append(Tag.name((int) tag)));
    fields.findNumber(Tag.OP).ifPresent(op -> text.append(", operator ").append(op));
    fields.findText(Tag.TEXT).ifPresent(said -> text.append("; it said: ").append(said.strip()));
    return text.toString();
  }
}
