package org.hilbench.energy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.hilbench.protocol.Link;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class EnergyMeterTest {
  private static final List<Integer> RATES = List.of(115_200);
  private static final double VOLTS = 3.0;
  private static final int INFERENCES = 10;
  private static final double JOULES =
      Ppk2Emulator.BUSY_AMPERES
          * VOLTS
          * Ppk2Emulator.BUSY_SAMPLES
          / Ppk2Meter.RATE_HZ
          / INFERENCES;

  @TempDir Path folder;

  @Test
  void aKnownWaveformThroughThePpk2sProtocolGivesItsEnergyWithinHalfAPercent() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "ppk2");
        Ppk2Emulator emulator =
            new Ppk2Emulator(new CountingLink(SerialLink.open(pair.boardEnd(), RATES)), 0);
        CountingLink line = new CountingLink(SerialLink.open(pair.hostEnd(), RATES));
        Ppk2Meter meter = Ppk2Meter.open(line, 3000, 3600)) {
      meter.start();
      emulator.awaitPlayed(line);
      PowerTrace trace = meter.stop();
      assertEquals(2 * Ppk2Emulator.IDLE_SAMPLES + Ppk2Emulator.BUSY_SAMPLES, trace.samples());
      InferenceEnergy energy = InferenceEnergy.of(trace, INFERENCES);
      assertEquals(JOULES, energy.joules(), JOULES * 0.005);
      assertEquals(
          Ppk2Emulator.IDLE_AMPERES * VOLTS, energy.idleWatts(), 0.005 * energy.idleWatts());
      assertEquals(Ppk2Emulator.BUSY_SAMPLES, energy.samples());
      assertEquals(List.of(3 + 2232 / 256, 2232 % 256), emulator.regulator());
    }
  }

  @Test
  void lostSamplesAreAnErrorNotATime() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "ppk2");
        Ppk2Emulator emulator =
            new Ppk2Emulator(new CountingLink(SerialLink.open(pair.boardEnd(), RATES)), 1000);
        CountingLink line = new CountingLink(SerialLink.open(pair.hostEnd(), RATES));
        Ppk2Meter meter = Ppk2Meter.open(line, 3000, 3600)) {
      meter.start();
      emulator.awaitPlayed(line);
      EnergyException told = assertThrows(EnergyException.class, meter::stop);
      assertTrue(String.valueOf(told.getMessage()).contains("lost 37 of"), told.getMessage());
      assertTrue(!emulator.regulator().isEmpty());
    }
  }

  @Test
  void aSupplyAboveTheBoardsIsRefusedBeforeAByteIsSent() {
    Link silent = new Silence();
    EnergyException told =
        assertThrows(EnergyException.class, () -> Ppk2Meter.open(silent, 5000, 3600));
    assertTrue(String.valueOf(told.getMessage()).contains("800..3600 mV"), told.getMessage());
  }

  @Test
  void aPortWithoutAMeterIsTold() {
    EnergyException told =
        assertThrows(EnergyException.class, () -> Ppk2Meter.open(new Silence(), 3000, 3600));
    assertTrue(String.valueOf(told.getMessage()).contains("no PPK2 answers"), told.getMessage());
  }

  @Test
  void withoutATriggerThereIsNoEnergy() throws Exception {
    double[] amperes = new double[1000];
    PowerTrace never = new PowerTrace("meter", 1000, 3, amperes, new BitSet());
    assertRefused(never, "no trigger seen");
    BitSet always = new BitSet();
    always.set(0, 1000);
    assertRefused(new PowerTrace("meter", 1000, 3, amperes, always), "whole phase");
    BitSet twice = new BitSet();
    twice.set(100, 200);
    twice.set(300, 400);
    assertRefused(new PowerTrace("meter", 1000, 3, amperes, twice), "rose twice");
    BitSet brief = new BitSet();
    brief.set(100, 105);
    assertRefused(new PowerTrace("meter", 1000, 3, amperes, brief), "only 5 samples");
  }

  @Test
  void theInaBridgesLinesGiveEnergyAndAGapIsSeen() throws Exception {
    StringBuilder lines = new StringBuilder("HB-INA 1 ina228 2000\n");
    for (int i = 0; i < 400; i++) {
      boolean busy = i >= 100 && i < 300;
      lines.append(i).append(" 3300 ").append(busy ? 20_000 : 1_000).append(busy ? " 1\n" : " 0\n");
    }
    InaBridgeMeter meter = InaBridgeMeter.open(new Silence(lines.toString()));
    InferenceEnergy energy = InferenceEnergy.of(meter.decode(lines.toString()), 4);
    assertEquals(0.02 * 3.3 * 200 / 2000 / 4, energy.joules(), 1e-9);
    assertEquals(0.001 * 3.3, energy.idleWatts(), 1e-9);
    String gap = lines.toString().replace("\n7 ", "\nx ");
    assertThrows(EnergyException.class, () -> meter.decode(gap));
  }

  /** The package ppk2-api, an independent client, must read the emulator's currents as we do. */
  @Test
  void anIndependentClientReadsTheSameFromTheEmulator() throws Exception {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(
        runner.find("python3").isPresent()
            && runner.run(Command.of("python3", "-c", "import ppk2_api")).ok(),
        "python3 with the package ppk2-api is not installed: no independent client");
    Path script = Files.writeString(folder.resolve("client.py"), CLIENT);
    try (PtyPair pair = PtyPair.open(folder, "ppk2");
        Ppk2Emulator emulator =
            new Ppk2Emulator(new CountingLink(SerialLink.open(pair.boardEnd(), RATES)), 0)) {
      CommandResult result =
          runner.run(
              Command.of("python3", script.toString(), pair.hostEnd().toRealPath().toString())
                  .withTimeout(Duration.ofSeconds(30)));
      assertTrue(result.ok(), result.tail());
      String[] words = result.stdout().strip().split(" ");
      assertEquals(Ppk2Emulator.BUSY_AMPERES * 1e6, Double.parseDouble(words[0]), 0.005 * 13_700);
      assertEquals(Ppk2Emulator.BUSY_SAMPLES, Integer.parseInt(words[1]));
      assertTrue(!emulator.regulator().isEmpty());
    }
  }

  private static void assertRefused(PowerTrace trace, String words) {
    EnergyException told = assertThrows(EnergyException.class, () -> InferenceEnergy.of(trace, 1));
    assertTrue(String.valueOf(told.getMessage()).contains(words), told.getMessage());
  }

  /** A line that says one thing at most. */
  private static final class Silence implements Link {
    private final byte[] words;
    private boolean said;

    Silence() {
      this("");
    }

    Silence(String words) {
      this.words = words.getBytes(US_ASCII);
    }

    @Override
    public void write(byte[] bytes, Duration limit) {}

    @Override
    public int read(byte[] into, Duration wait) {
      if (said || words.length == 0) {
        return 0;
      }
      said = true;
      int count = Math.min(words.length, into.length);
      System.arraycopy(words, 0, into, 0, count);
      return count;
    }

    @Override
    public void close() {}
  }

  private static final String CLIENT =
      """
      import sys, time
      from ppk2_api.ppk2_api import PPK2_API
      ppk = PPK2_API(sys.argv[1], timeout=1)
      for _ in range(5):
          if ppk.get_modifiers():
              break
      ppk.use_source_meter()
      ppk.set_source_voltage(3000)
      ppk.start_measuring()
      data, end = b"", time.time() + 10
      while len(data) < 4 * 38000 and time.time() < end:
          data += ppk.get_data()
          time.sleep(0.01)
      samples, logic = ppk.get_samples(data)
      busy = [s for s, d in zip(samples, logic) if d & 1]
      print(sum(busy) / len(busy), len(busy))
      """;
}
