package org.hilbench.protocol;

import static org.hilbench.protocol.GoldenVectorsTest.decode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hilbench.fuzz.Campaign;
import org.hilbench.fuzz.CampaignResult;

/** Damaged frames: none is believed, and the next good one is. */
public final class DamagedFrames implements Campaign {
  static final String DROPPED = "dropped";

  /** A cut within a frame's last two zeros leaves a whole frame. */
  private static final String STILL_WHOLE = "still whole";

  @Override
  public CampaignResult run(long count, long seed, Log log) {
    Random random = new Random(seed);
    FrameDecoder decoder = new FrameDecoder();
    CampaignResult.Tally tally = new CampaignResult.Tally();
    for (long i = 0; i < count; i++) {
      Packet sent = packet(random, (int) (i & 0xffff));
      byte[] good = sent.toFrame();
      List<Packet> believed = decode(decoder, corrupt(random, good));
      List<Packet> next = decode(decoder, good);
      if (!believed.stream().allMatch(sent::equals)) {
        tally.failed("frame " + i + " of seed " + seed + ": a damaged frame was believed");
      } else if (!next.contains(sent)) {
        tally.failed("frame " + i + " of seed " + seed + ": the good frame behind it was lost");
      } else {
        tally.good(believed.isEmpty() ? DROPPED : STILL_WHOLE);
      }
    }
    return tally.result();
  }

  static Packet packet(Random random, int sequence) {
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
