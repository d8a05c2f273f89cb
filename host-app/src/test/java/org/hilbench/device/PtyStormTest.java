package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hilbench.exec.ExecRunner;
import org.hilbench.protocol.Fields;
import org.hilbench.protocol.FrameDecoder;
import org.hilbench.protocol.Link;
import org.hilbench.protocol.MessageType;
import org.hilbench.protocol.Packet;
import org.hilbench.protocol.Tag;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.hilbench.serial.SpoilingLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A line of real ptys that drops, flips, delays, repeats and cuts. */
class PtyStormTest {
  private static final List<Integer> RATES = List.of(921_600);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int FRAMES = 10_000;
  private static final int BATCH = 20;
  private static final int EXCHANGES = 10_000;
  private static final int LINES = 5;

  /** Their readings fill several packets. */
  private static final int RUNS = 40;

  /** Long in all, so that no busy machine ends it, and quick to ask again. */
  private static final Patience HASTY =
      new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(2));

  @TempDir Path folder;

  /** Every good frame behind a corrupted one arrives; of a corrupted one nothing is believed. */
  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
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
          line.writeBytes(SpoilingLine.corrupted(random, packet(random, 0xdead).toFrame()));
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

  /** The devices are the firmware's own server, under sanitizers. */
  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void ofTenThousandSpoiltExchangesEachIsAnsweredRightOrEndsTypedAndTheNextIsAnswered()
      throws Exception {
    HostServer.Program program = HostServer.build(new ExecRunner(), folder.resolve("build"));
    ExecutorService talkers = Executors.newFixedThreadPool(LINES);
    try {
      List<Future<Integer>> silences = new ArrayList<>();
      for (int i = 0; i < LINES; i++) {
        int seed = 12 + i;
        silences.add(talkers.submit(() -> talk(program, seed)));
      }
      for (Future<Integer> each : silences) {
        assertTrue(each.get() > 0, "the line was never silent");
      }
    } finally {
      talkers.shutdownNow();
    }
  }

  private int talk(HostServer.Program program, int seed) throws Exception {
    Random random = new Random(seed);
    try (HostServer server = program.start();
        PtyPair pair = PtyPair.open(folder, "talk" + seed);
        SpoilingLine line =
            new SpoilingLine(
                SerialLink.open(pair.boardEnd(), RATES),
                SerialLink.open(server.port(), RATES),
                random);
        Device device =
            ProtocolDevice.greet(SerialLink.open(pair.hostEnd(), RATES), "pty", HASTY, random)) {
      assertEquals(HostServer.INPUT_BYTES, device.identity().inputBytes());
      DamagedConversation talk =
          new DamagedConversation(
              device, line, random, input -> FakeFirmware.tensor(2, input), RUNS);
      talk.until(EXCHANGES / LINES);
      assertEquals("", server.complaints());
      return talk.silences();
    }
  }

  private static Packet packet(Random random, int sequence) {
    byte[] data = new byte[random.nextInt(120)];
    random.nextBytes(data);
    Fields fields = Fields.builder().put(Tag.DATA, data).build();
    return new Packet(MessageType.ECHO.code(), sequence, 99, fields);
  }
}
