package org.hilbench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
  @TempDir Path folder;

  @Test
  void theEnergyOfAKeptTraceIsTheSameToTheLastBit() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    double[] amperes = random.doubles(5000, -1e-9, 0.05).toArray();
    BitSet trigger = new BitSet();
    trigger.set(1000, 4000);
    PowerTrace trace = new PowerTrace("PPK2, source, 3000 mV", 2118.0071, 3.3, amperes, trigger);
    Path file = folder.resolve("samples.csv");
    try (SampleKeeper meter = new SampleKeeper(new Replay(trace), file)) {
      meter.start();
      assertEquals(trace, meter.stop());
    }
    PowerTrace again = TraceFile.read(file);
    assertEquals(InferenceEnergy.of(trace, 10), InferenceEnergy.of(again, 10));
    assertEquals(List.of(1000, 4000), again.edges());
    List<String> lines = Files.readAllLines(file);
    assertTrue(lines.contains("# origin: measured") && lines.contains("# triggerEdges: 1000 4000"));
  }

  @Test
  void aTraceThatBeginsAtTheEdgeStaysSuch() throws Exception {
    double[] amperes = new double[300];
    Arrays.fill(amperes, 0.01);
    PowerTrace trace = PowerTrace.fromTheEdge("LPM01A", 100_000, 3, amperes);
    Path file = folder.resolve("edge.csv");
    TraceFile.write(trace, file);
    PowerTrace again = TraceFile.read(file);
    assertTrue(again.beginsAtTheEdge() && again.edges().isEmpty());
    assertEquals(InferenceEnergy.of(trace, 2, 2e-3), InferenceEnergy.of(again, 2, 2e-3));
  }

  @Test
  void whatIsNoTraceOrCutOffIsRefused() throws Exception {
    Path file = folder.resolve("cut.csv");
    TraceFile.write(new PowerTrace("m", 10, 3, new double[40], new BitSet()), file);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));
    assertRefused(file, "holds 39 of 40");
    Files.write(file, List.of("# hilbench power trace, version 1", "amperes,trigger", "x,1"));
    assertRefused(file, "no power trace");
    Files.writeString(file, "amperes\n");
    assertRefused(file, "does not begin with");
    assertRefused(folder.resolve("none.csv"), "none.csv");
  }

  private static void assertRefused(Path file, String words) {
    String told = assertThrows(EnergyException.class, () -> TraceFile.read(file)).getMessage();
    assertTrue(told.contains(words), told);
  }

  /** A meter that has recorded already. */
  private record Replay(PowerTrace trace) implements EnergyMeter {
    @Override
    public String name() {
      return trace.meter();
    }

    @Override
    public void start() {}

    @Override
    public PowerTrace stop() {
      return trace;
    }

    @Override
    public void close() {}
  }
}
