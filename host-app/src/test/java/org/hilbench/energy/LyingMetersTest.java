package org.hilbench.energy;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import org.hilbench.protocol.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meters that say anything, for ever: each talk ends, with a line and within its bytes. */
@Timeout(120)
class LyingMetersTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"information\"}\r\n",
        "{\"type\":\"progress\"}\n",
        "{\"type\":\"response\",\"trans_id\":\"77\"}\n",
        "x",
        "[1]\n",
        "3\n",
        "null\n",
        "\n",
        "{\"type\":\"error\",\"errorcode\":\"\\u001b[2J\\nhilbench: fine\"}\n"
      })
  void anOtiiServerThatNeverAnswersIsLeft(String words) {
    OtiiServer server = new OtiiServer(new Endless(words), SHORT);
    EnergyException told =
        assertThrows(
            EnergyException.class, () -> server.ask("otii_get_devices", OtiiServer.data()));
    String line = String.valueOf(told.getMessage());
    assertTrue(line.chars().allMatch(unit -> unit >= ' ') && line.length() < 2_500, line);
  }

  @Test
  void jsonThatNestsWithoutEndIsNoAnswer() {
    OtiiServer server = new OtiiServer(new Endless("[".repeat(100_000) + "\n"), SHORT);
    assertThrows(EnergyException.class, () -> server.ask("x", OtiiServer.data()));
  }

  @Test
  void aRecordingHasALimit() throws Exception {
    Recorder recorder = new Recorder("flood", new Endless("0123456789".repeat(1_000)));
    recorder.begin();
    recorder.follow();
    IOException told = awaitFailure(recorder);
    assertTrue(String.valueOf(told.getMessage()).contains("64 MiB"), told.getMessage());
  }

  private static IOException awaitFailure(Recorder recorder) throws InterruptedException {
    while (true) {
      try {
        byte[] unused = recorder.bytes();
        Thread.sleep(1);
      } catch (IOException told) {
        recorder.end();
        return told;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ack ",
        "err \033[2J\n",
        "HB-INA 1 \033 x\n",
        "error \033]0;\007\n",
        "R0: \033\n END"
      })
  void metersOnAPortThatTalksForEverAreLeft(String words) {
    for (Opening opening :
        new Opening[] {
          link -> Ppk2Meter.open(link, 3000, 3600),
          link -> Lpm01aMeter.open(link, 3000, 3600),
          link -> InaBridgeMeter.open(link, SHORT)
        }) {
      EnergyException told =
          assertThrows(EnergyException.class, () -> opening.open(new Endless(words)));
      String line = String.valueOf(told.getMessage());
      assertTrue(line.chars().allMatch(unit -> unit >= ' ') && line.length() < 2_500, line);
    }
  }

  @Test
  void anyBytesAreATraceThatCanBeOrAnError() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      if (bytes.length > 20 && random.nextBoolean()) {
        System.arraycopy(
            new byte[] {(byte) 0xf0, (byte) 0xf3, 0, 0, 0, 1, 0, -1, -1}, 0, bytes, 0, 9);
      }
      try {
        double[] amperes = new Lpm01aDecoder(Lpm01aMeter.RATE_HZ).decode(bytes);
        PowerTrace trace = new PowerTrace("m", 1000, 3, amperes, BitSet.valueOf(bytes));
        InferenceEnergy read = InferenceEnergy.of(trace, 1);
        assertTrue(read.joules() > 0 && Double.isFinite(read.joules() + read.idleWatts()));
      } catch (EnergyException told) {
        assertTrue(String.valueOf(told.getMessage()).chars().allMatch(unit -> unit >= ' '));
      }
    }
  }

  private interface Opening {
    EnergyMeter open(Link link) throws EnergyException;
  }

  /** Says the same for ever, as fast as it is read. */
  private static final class Endless implements Link {
    private final byte[] words;
    private int at;

    private Endless(String words) {
      this.words = words.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void write(byte[] bytes, Duration limit) {}

    @Override
    public int read(byte[] into, Duration wait) {
      for (int i = 0; i < into.length; i++) {
        into[i] = words[at];
        at = (at + 1) % words.length;
      }
      return into.length;
    }

    @Override
    public void close() {}
  }
}
