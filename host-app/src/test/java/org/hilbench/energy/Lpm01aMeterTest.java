package org.hilbench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
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
            new Lpm01aEmulator(
                new CountingLink(SerialLink.open(pair.boardEnd(), RATES)), true, -1);
        CountingLink line = new CountingLink(SerialLink.open(pair.hostEnd(), RATES));
        Lpm01aMeter meter = Lpm01aMeter.open(line, 3000, AT_MOST)) {
      meter.start();
      emulator.awaitPlayed(line);
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
  void anInterruptedStopEndsAtOnceKeepsTheStatusAndClosesThePort() throws Exception {
    try (PtyPair pair = PtyPair.open(folder, "lpm");
        Lpm01aEmulator emulator =
            new Lpm01aEmulator(
                new CountingLink(SerialLink.open(pair.boardEnd(), RATES)), true, -1)) {
      try (Lpm01aMeter meter =
          Lpm01aMeter.open(SerialLink.open(pair.hostEnd(), RATES), 3000, AT_MOST)) {
        meter.start();
        Thread.currentThread().interrupt();
        EnergyException told = assertThrows(EnergyException.class, meter::stop);
        assertTrue(Thread.interrupted(), "the status is kept");
        assertTrue(told.getMessage().startsWith("interrupted before ST X-NUCLEO"), told::toString);
      }
      SerialLink.open(pair.hostEnd(), RATES).close(); // nobody holds it
      assertTrue(emulator.commands().contains("start"));
    }
  }

  @Test
  void aLostBlockIsAnErrorNotATime() throws Exception {
    String told = refusal(true, 7, 3000);
    assertTrue(told.contains("lost samples"), told);
  }

  @Test
  void inferencesLongerThanTheRecordingAreAnError() throws Exception {
    PowerTrace trace = PowerTrace.fromTheEdge("meter", 1000, 3, new double[500]);
    EnergyException told =
        assertThrows(EnergyException.class, () -> InferenceEnergy.of(trace, 1, 0.49));
    assertTrue(told.getMessage().contains("does not hold the whole phase"), told.getMessage());
  }

  private static final int[] BEGIN = {0xf0, 0xf3, 0, 0, 0, 1, 0, 0xff, 0xff, 0x52, 0xa0};

  @Test
  void whatTheMeterReportsInItsStreamIsTold() {
    assertEquals(
        "the LPM01A says: voltage drop, after 1 samples",
        trouble(
            0xf0, 0xf1, 'v', 'o', 'l', 't', 'a', 'g', 'e', ' ', 'd', 'r', 'o', 'p', 13, 10, 0xff,
            0xff));
    assertTrue(trouble(0xf0, 0xf4, 0xff, 0xff).contains("ended the recording by itself"));
    assertTrue(trouble(0xf0, 0xf6, 0xff, 0xff).contains("switched the board off"));
    assertTrue(trouble(0xf0, 0xf5, 0xff, 0xff).contains("trouble (0xf0f5), after 1 samples"));
  }

  private static String trouble(int... message) {
    byte[] stream = stream(message);
    return assertThrows(EnergyException.class, () -> new Lpm01aDecoder(1000).decode(stream))
        .getMessage();
  }

  private static byte[] stream(int... more) {
    return bytes(IntStream.concat(IntStream.of(BEGIN), IntStream.of(more)).toArray());
  }

  private static byte[] bytes(int... values) {
    byte[] all = new byte[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) values[i];
    }
    return all;
  }

  /** UM2269, "Data format 2": 52A0 is 640.9 uA, 3145 is 79.35 mA; what informs is no sample. */
  @Test
  void theManualsExamplesAreRead() throws EnergyException {
    byte[] stream =
        stream(0xf0, 0xf2, 'h', 'i', 0xff, 0xff, 0xf0, 0xf7, 0x0c, 0xe4, 0xff, 0xff, 0x31, 0x45);
    double[] amperes = new Lpm01aDecoder(1000).decode(stream);
    assertEquals(2, amperes.length);
    assertEquals(640.9e-6, amperes[0], 0.05e-6);
    assertEquals(79.35e-3, amperes[1], 0.005e-3);
  }

  @Test
  void theWrapOfItsTimeIsNoLeap() throws EnergyException {
    byte[] stream =
        bytes(0xf0, 0xf3, 0, 0, 0, 1, 0, 0xff, 0xff, 0xf0, 0xf3, 0x80, 0, 0, 1, 0, 0xff, 0xff);
    assertEquals(0, new Lpm01aDecoder(1000).decode(stream).length);
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
            new Lpm01aEmulator(
                new CountingLink(SerialLink.open(pair.boardEnd(), RATES)),
                triggered,
                withoutBlock);
        CountingLink line = new CountingLink(SerialLink.open(pair.hostEnd(), RATES));
        Lpm01aMeter meter = Lpm01aMeter.open(line, millivolts, AT_MOST)) {
      meter.start();
      emulator.awaitPlayed(line);
      String told = assertThrows(EnergyException.class, meter::stop).getMessage();
      assertTrue(emulator.commands().contains("start"));
      return told;
    }
  }
}
