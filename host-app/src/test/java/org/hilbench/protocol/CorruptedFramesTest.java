package org.hilbench.protocol;

import static org.hilbench.protocol.GoldenVectorsTest.decode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hilbench.fuzz.CampaignResult;
import org.junit.jupiter.api.Test;

final class CorruptedFramesTest {
  private static final int FRAMES = 1_000_000;

  @Test
  void noCorruptedFrameIsBelievedAndTheNextGoodOneIs() {
    CampaignResult result = new DamagedFrames().run(FRAMES, 1, line -> {});
    result.assertAllGood(FRAMES);
    assertTrue(result.endings().get(DamagedFrames.DROPPED) > FRAMES / 2, result::toString);
  }

  @Test
  void aDanglingCodeAndAnOverlongFrameDoNotStopTheDecoder() {
    FrameDecoder decoder = new FrameDecoder();
    Packet packet = DamagedFrames.packet(new Random(2), 7);
    byte[] overlong = new byte[200_000];
    Arrays.fill(overlong, (byte) 0xff);
    assertEquals(List.of(), decode(decoder, new byte[] {0, (byte) 0xff, 1}));
    assertEquals(List.of(packet), decode(decoder, packet.toFrame()));
    assertEquals(List.of(), decode(decoder, overlong));
    assertEquals(List.of(packet), decode(decoder, packet.toFrame()));
  }
}
