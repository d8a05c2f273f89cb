package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.Tag;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line of real ptys that drops, flips, delays, repeats and cuts. */
class PtyStormTest {
  private static final List<Integer> RATES = List.of(921_600);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int FRAMES = 10_000;
  private static final int BATCH = 20;

  @TempDir Path folder;

  /** Every good frame behind a corrupted one arrives; of a corrupted one nothing is believed. */
  @Test
  void ofTenThousandCorruptedFramesNoneIsBelievedAndTheLineRecoversEachTime() throws Exception {
    Random random = new Random(11);
    FrameDecoder decoder = new FrameDecoder();
    int arrived = 0;
    try (PtyPair pair = PtyPair.open(folder, "storm");
        Link device = SerialLink.open(pair.boardEnd(), RATES);
        Link host = SerialLink.open(pair.hostEnd(), RATES)) {
      for (int i = 0; i < FRAMES; i += BATCH) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int j = i; j < i + BATCH; j++) {
          line.writeBytes(corrupted(random, packet(random, 0xdead).toFrame()));
          line.writeBytes(packet(random, j & 0xffff).toFrame());
        }
        device.write(line.toByteArray(), SECOND);
        arrived = expect(host, decoder, arrived, i + BATCH);
      }
    }
    assertEquals(FRAMES, arrived);
    assertTrue(decoder.dropped() > FRAMES / 2, "dropped " + decoder.dropped());
  }

  /** Reads until the good frame of this number came, and sees that each before it did, in order. */
  private static int expect(Link host, FrameDecoder decoder, int from, int to) throws IOException {
    int next = from;
    byte[] buffer = new byte[8192];
    for (int idle = 0; next < to && idle < 20; ) {
      int count = host.read(buffer, SECOND);
      idle = count == 0 ? idle + 1 : 0;
      for (int i = 0; i < count; i++) {
        Optional<Packet> packet = decoder.accept(buffer[i]);
        if (packet.isPresent() && packet.get().sequence() != 0xdead) {
          assertEquals(next & 0xffff, packet.get().sequence(), "a frame that nobody sent");
          next++;
        }
      }
    }
    return next;
  }

  @Test
  void aConversationOverSpoiltPtysNeverChangesAnAnswer() throws Exception {
    Random random = new Random(12);
    Patience hasty =
        new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(30));
    try (PtyPair pair = PtyPair.open(folder, "talk");
        Link board = SerialLink.open(pair.boardEnd(), RATES);
        FirmwareBehindALine firmware = new FirmwareBehindALine(board, random)) {
      Link line = SerialLink.open(pair.hostEnd(), RATES);
      try (Device device = ProtocolDevice.greet(line, "pty", hasty, random)) {
        byte[] input = new byte[FakeFirmware.INPUT_BYTES];
        for (int round = 0; round < 12; round++) {
          random.nextBytes(input);
          device.input(input);
          device.run(RunOrder.timed(0, 2, true, SECOND.multipliedBy(20)));
          assertArrayEquals(FakeFirmware.expectedOutput(input), device.output());
        }
      }
      assertTrue(firmware.spoilt() > 20, "spoilt " + firmware.spoilt());
    }
  }

  private static Packet packet(Random random, int sequence) {
    byte[] data = new byte[random.nextInt(120)];
    random.nextBytes(data);
    Fields fields = Fields.builder().put(Tag.DATA, data).build();
    return new Packet(MessageType.ECHO.code(), sequence, 99, fields);
  }

  /** Flipped, overwritten, dropped, repeated or cut: never the frame that it was. */
  static byte[] corrupted(Random random, byte[] good) {
    int at = 1 + random.nextInt(good.length - 2);
    byte[] bad = good.clone();
    switch (random.nextInt(5)) {
      case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bad[at] += (byte) (1 + random.nextInt(255));
      case 2 -> {
        System.arraycopy(good, at + 1, bad, at, good.length - at - 1);
        bad = Arrays.copyOf(bad, good.length - 1);
      }
      case 3 -> {
        bad = Arrays.copyOf(good, good.length + 1);
        System.arraycopy(good, at, bad, at + 1, good.length - at);
      }
      default -> bad = Arrays.copyOf(good, at);
    }
    return bad;
  }
}
