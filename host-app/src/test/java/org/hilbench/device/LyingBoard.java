package org.hilbench.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;

/**
 * A line to a truthful board behind which somebody puts other words, in frames that are whole. Its
 * clock is its own: waiting on it takes no time, and every byte some.
 */
public final class LyingBoard implements Link {
  private static final long NANOS_A_BYTE = 1_000;
  private static final long LONGEST_LIFE = Duration.ofDays(2).toNanos();

  private final FakeFirmware firmware;
  private final Liar liar;
  private final FrameDecoder toHost = new FrameDecoder();
  private final FrameDecoder toDevice = new FrameDecoder();
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private int asked;
  private long nanos;
  private long bytes;

  /** Who has the last word. */
  @FunctionalInterface
  public interface Liar {
    /**
     * What the host hears.
     *
     * @param type of the request
     * @param truth what the board would say
     */
    List<Packet> says(MessageType type, Packet truth);

    /** Bytes that come where the board is silent; none where it is. */
    default byte[] babble() {
      return new byte[0];
    }
  }

  /** Speaks the truth. */
  public static final Liar HONEST = (type, truth) -> List.of(truth);

  public LyingBoard(FakeBoard board, FakeModel model, Liar liar) {
    this.liar = liar;
    firmware = new FakeFirmware(this::fromDevice, board, model);
  }

  /** The host's side: its waiting goes by this line's clock. */
  public Device greet(String name, boolean simulated, Patience patience, RandomGenerator random)
      throws DeviceException {
    TickMeaning ticks =
        simulated
            ? TickMeaning.instructionsOf(Qemu.SECONDS_PER_INSTRUCTION, OptionalLong.empty())
            : TickMeaning.time();
    LongSupplier clock = () -> nanos;
    return ProtocolDevice.greet(this, name, ticks, patience, random, clock);
  }

  /** By its own clock, since it was made. */
  public Duration age() {
    return Duration.ofNanos(nanos);
  }

  /** That came from the board's side in all. */
  public long bytesHeard() {
    return bytes;
  }

  private void fromDevice(byte[] frame) {
    for (byte next : frame) {
      Packet truth = toHost.accept(next).orElse(null);
      if (truth != null) {
        MessageType type = FakeServer.typeOf(new Packet(asked, 0, 0, truth.fields()));
        List<Packet> said = new ArrayList<>(liar.says(type, truth));
        said.forEach(packet -> waiting.writeBytes(packet.toFrame()));
      }
    }
  }

  @Override
  public void write(byte[] frame, Duration limit) throws IOException {
    nanos += frame.length * NANOS_A_BYTE;
    for (byte next : frame) {
      toDevice.accept(next).ifPresent(request -> asked = request.type());
    }
    firmware.take(frame);
  }

  @Override
  public int read(byte[] into, Duration wait) throws IOException {
    if (nanos > LONGEST_LIFE) {
      throw new AssertionError("a conversation of two days");
    }
    if (waiting.size() == 0) {
      waiting.writeBytes(liar.babble());
    }
    if (waiting.size() == 0) {
      nanos += Math.max(1, wait.toNanos());
      return 0;
    }
    byte[] all = waiting.toByteArray();
    int count = Math.min(all.length, into.length);
    System.arraycopy(all, 0, into, 0, count);
    waiting.reset();
    waiting.writeBytes(Arrays.copyOfRange(all, count, all.length));
    nanos += count * NANOS_A_BYTE;
    bytes += count;
    return count;
  }

  @Override
  public void close() {}
}
