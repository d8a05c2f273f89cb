package org.hilbench.protocol;

import static org.hilbench.protocol.GoldenVectorsTest.decode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CorruptedFramesTest {
  private static final int FRAMES = 1_000_000;

  @Test
  void noCorruptedFrameIsBelievedAndTheNextGoodOneIs() {
    Random random = new Random(1);
    FrameDecoder decoder = new FrameDecoder();
    for (int i = 0; i < FRAMES; i++) {
      Packet sent = packet(random, i & 0xffff);
      byte[] good = sent.toFrame();
      for (Packet believed : decode(decoder, corrupt(random, good))) {
        assertEquals(sent, believed, "only what was sent may come out: a cut in a frame's last 00");
      }
      List<Packet> next = decode(decoder, good);
      assertTrue(next.contains(sent), () -> "good frame lost after a bad one: " + sent);
    }
    assertTrue(decoder.dropped() > FRAMES / 2, "dropped " + decoder.dropped());
  }

  @Test
  void aDanglingCodeAndAnOverlongFrameDoNotStopTheDecoder() {
    FrameDecoder decoder = new FrameDecoder();
    Packet packet = packet(new Random(2), 7);
    byte[] overlong = new byte[200_000];
    Arrays.fill(overlong, (byte) 0xff);
    assertEquals(List.of(), decode(decoder, new byte[] {0, (byte) 0xff, 1}));
    assertEquals(List.of(packet), decode(decoder, packet.toFrame()));
    assertEquals(List.of(), decode(decoder, overlong));
    assertEquals(List.of(packet), decode(decoder, packet.toFrame()));
  }

  private static Packet packet(Random random, int sequence) {
    byte[] data = new byte[random.nextInt(200)];
    random.nextBytes(data);
    for (int i = 0; i < data.length && random.nextBoolean(); i++) {
      data[random.nextInt(data.length)] = 0;
    }
    Fields fields =
        Fields.builder().putU32(Tag.OFFSET, random.nextInt(1000)).put(Tag.DATA, data).build();
    return new Packet(MessageType.ECHO.code(), sequence, 99, fields);
  }

  /** One bit, one byte, several bytes, a byte lost, a byte doubled, or the rest cut off. */
  private static byte[] corrupt(Random random, byte[] good) {
    byte[] bad = good.clone();
    int at = random.nextInt(good.length);
    switch (random.nextInt(6)) {
      case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bad[at] += (byte) (1 + random.nextInt(255));
      case 2 -> {
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
      }
      case 3 -> {
        System.arraycopy(good, at + 1, bad, at, good.length - at - 1);
        bad = Arrays.copyOf(bad, good.length - 1);
      }
      case 4 -> {
        bad = Arrays.copyOf(good, good.length + 1);
        System.arraycopy(good, at, bad, at + 1, good.length - at);
      }
      default -> bad = Arrays.copyOf(good, at);
    }
    return bad;
  }
}
