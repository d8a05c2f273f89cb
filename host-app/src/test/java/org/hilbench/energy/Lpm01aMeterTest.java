package org.hilbench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Lpm01aMeterTest {
  private static final List<Integer> RATES = List.of(115_200);
  private static final double SECONDS = Lpm01aEmulator.BUSY_SAMPLES / Lpm01aMeter.RATE_HZ;
  private static final int INFERENCES = 10;
  private static final int AT_MOST = 3_300;

  @TempDir Path folder;

  @Test
  void aKnownWaveformThroughItsProtocolGivesItsEnergyWithinHalfAPercent() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "lpm");
        Lpm01aEmulator emulator =
            new Lpm01aEmulator(SerialLink.open(pair.boardEnd(), RATES), true, -1);
        Lpm01aMeter meter =
            Lpm01aMeter.open(SerialLink.open(pair.hostEnd(), RATES), 3000, AT_MOST)) {
      meter.start();
      Thread.sleep(700);
      PowerTrace trace = meter.stop();
      assertEquals(Lpm01aEmulator.BUSY_SAMPLES + Lpm01aEmulator.IDLE_SAMPLES, trace.samples());
      InferenceEnergy energy = InferenceEnergy.of(trace, INFERENCES, SECONDS);
      double joules = Lpm01aEmulator.BUSY_AMPERES * 3 * SECONDS / INFERENCES;
      assertEquals(joules, energy.joules(), 0.005 * joules);
      double idle = Lpm01aEmulator.IDLE_AMPERES * 3;
      assertEquals(idle, energy.idleWatts(), 0.005 * idle);
      assertEquals(Lpm01aEmulator.BUSY_SAMPLES, energy.samples());
      List<String> commands = emulator.commands();
      assertEquals("htc", commands.get(0));
      assertTrue(commands.indexOf("volt 3000m") < commands.indexOf("pwr on"), commands::toString);
      assertTrue(commands.indexOf("trigsrc d7") < commands.indexOf("start"), commands::toString);
    }
  }

  @Test
  void withoutAnEdgeThereIsNoEnergy() throws Exception {
    String told = refusal(false, -1, 3000);
    assertTrue(told.contains("no trigger seen"), told);
  }

  @Test
  void aLostBlockIsAnErrorNotATime() throws Exception {
    String told = refusal(true, 7, 3000);
    assertTrue(told.contains("lost samples"), told);
  }

  @Test
  void inferencesLongerThanTheRecordingAreAnError() {
    PowerTrace trace = PowerTrace.fromTheEdge("meter", 1000, 3, new double[500]);
    EnergyException told =
        assertThrows(EnergyException.class, () -> InferenceEnergy.of(trace, 1, 0.49));
    assertTrue(told.getMessage().contains("does not hold the whole phase"), told.getMessage());
  }

  @Test
  void troubleInTheStreamIsToldWithItsWord() {
    byte[] stream = {
      (byte) 0xf0,
      (byte) 0xf3,
      0,
      0,
      0,
      1,
      0,
      -1,
      -1,
      0x52,
      (byte) 0xa0,
      (byte) 0xf0,
      (byte) 0xf1,
      0,
      0
    };
    EnergyException told =
        assertThrows(EnergyException.class, () -> new Lpm01aDecoder(1000).decode(stream));
    assertTrue(told.getMessage().contains("0xf0f1) after 1 samples"), told.getMessage());
  }

  @Test
  void theManualsExampleIsRead() throws EnergyException {
    byte[] stream = {
      (byte) 0xf0,
      (byte) 0xf3,
      0,
      0,
      0,
      1,
      0,
      -1,
      -1,
      0x52,
      (byte) 0xa0,
      (byte) 0xf0,
      (byte) 0xf4,
      -1,
      -1,
      's',
      'u',
      'm'
    };
    double[] amperes = new Lpm01aDecoder(1000).decode(stream);
    assertEquals(1, amperes.length);
    assertEquals(640.9e-6, amperes[0], 0.05e-6);
  }

  @Test
  void aSupplyAboveTheBoardsIsRefusedBeforeItIsSet() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "lpm")) {
      EnergyException told =
          assertThrows(
              EnergyException.class,
              () -> Lpm01aMeter.open(SerialLink.open(pair.hostEnd(), RATES), 3300, 3000));
      assertTrue(told.getMessage().contains("1800..3000 mV"), told.getMessage());
    }
  }

  private String refusal(boolean triggered, int withoutBlock, int millivolts) throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "lpm");
        Lpm01aEmulator emulator =
            new Lpm01aEmulator(SerialLink.open(pair.boardEnd(), RATES), triggered, withoutBlock);
        Lpm01aMeter meter =
            Lpm01aMeter.open(SerialLink.open(pair.hostEnd(), RATES), millivolts, AT_MOST)) {
      meter.start();
      Thread.sleep(400);
      String told = assertThrows(EnergyException.class, meter::stop).getMessage();
      assertTrue(emulator.commands().contains("start"));
      return told;
    }
  }
}
