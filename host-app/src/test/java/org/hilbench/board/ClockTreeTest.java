package org.hilbench.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.hilbench.BenchException;
import org.junit.jupiter.api.Test;

/** The numbers of every shipped clock tree, held against the reference manuals' rules. */
class ClockTreeTest {
  private static final long MHZ = 1_000_000;

  @Test
  void everyClockFollowsFromItsSettings() throws BenchException {
    for (BoardProfile board : BoardProfiles.load(ShippedBoards.directory()).all()) {
      for (OperatingPoint point : board.operatingPoints()) {
        Map<String, Integer> set = point.settings().orElse(Map.of());
        String where = board.id() + " " + point.name();
        switch (board.target()) {
          case "stm32f4", "stm32f7" -> checkF4(where, point, set);
          case "stm32l4" -> checkL4(where, point, set, board.part().startsWith("STM32L4R"));
          case "stm32h7" -> checkH7(where, point, set);
          case "stm32u5" -> checkU5(where, point, set);
          case "nrf52840" -> assertEquals(64 * MHZ, point.clockHz(), where);
          case "nrf5340" -> assertEquals((128 * MHZ) >> set.get("hclk"), point.clockHz(), where);
          default -> assertTrue(set.isEmpty(), where);
        }
      }
    }
  }

  /** RM0090/RM0390/RM0385: VCO input 1..2 MHz, VCO 100..432 MHz, 30 MHz a wait state. */
  private static void checkF4(String where, OperatingPoint point, Map<String, Integer> set) {
    int input = set.get("hse") / set.get("pllm");
    long vco = (long) input * set.get("plln");
    within(where, input, 1, 2);
    within(where, vco, 100, 432);
    assertEquals(vco / set.get("pllp"), point.clockHz(), where);
    assertEquals(steps(point, 30), point.flashWaitStates(), where);
    boolean f7 = where.contains("f746");
    assertTrue(point.clockHz() / set.get("ppre1") <= (f7 ? 54 : 45) * MHZ, where);
    assertTrue(point.clockHz() / set.get("ppre2") <= (f7 ? 108 : 90) * MHZ, where);
  }

  /** RM0351/RM0432: VCO 64..344 MHz (128 in range 2), 16 or 20 MHz a wait state in range 1. */
  private static void checkL4(
      String where, OperatingPoint point, Map<String, Integer> set, boolean plus) {
    long vco = 4 * MHZ / set.get("pllm") * set.get("plln");
    boolean range2 = set.get("range") == 2;
    within(where, vco, 64, range2 ? 128 : 344);
    assertEquals(vco / set.get("pllp"), point.clockHz(), where);
    assertTrue(point.clockHz() <= (range2 ? 26 : plus ? 120 : 80) * MHZ, where);
    assertEquals(point.clockHz() > 80 * MHZ ? 1 : 0, set.get("boost"), where);
    int expected =
        range2
            ? tier(point, plus ? List.of(8, 16, 26) : List.of(6, 12, 18, 26))
            : steps(point, plus ? 20 : 16);
    assertEquals(expected, point.flashWaitStates(), where);
  }

  /** RM0433: VCO 192..960 MHz from an input of 2..4 MHz; wait states by the AXI clock and VOS. */
  private static void checkH7(String where, OperatingPoint point, Map<String, Integer> set) {
    int input = set.get("hse") / set.get("pllm");
    long vco = (long) input * set.get("plln");
    within(where, input, 2, 4);
    within(where, vco, 192, 960);
    assertEquals(vco / set.get("pllp"), point.clockHz(), where);
    List<Integer> axi =
        switch (set.get("vos")) {
          case 0, 1 -> List.of(70, 140, 210, 225, 240);
          case 2 -> List.of(55, 110, 165, 225);
          default -> List.of(45, 90, 135, 180, 225);
        };
    long axiHz = point.clockHz() / set.get("hpre");
    assertEquals(tier(axiHz, axi), point.flashWaitStates(), where);
    int most = List.of(480, 400, 300, 200).get(set.get("vos"));
    assertTrue(point.clockHz() <= most * MHZ, where);
  }

  /** RM0456: VCO 128..544 MHz from MSIS at 4 MHz; wait states by the VCORE range. */
  private static void checkU5(String where, OperatingPoint point, Map<String, Integer> set) {
    long vco = 4 * MHZ / set.get("pllm") * set.get("plln");
    within(where, vco, 128, 544);
    assertEquals(vco / set.get("pllp"), point.clockHz(), where);
    List<Integer> ranges =
        switch (set.get("vos")) {
          case 1 -> List.of(32, 64, 96, 128, 160);
          case 2 -> List.of(30, 60, 90, 110);
          case 3 -> List.of(24, 48, 55);
          default -> List.of(12, 25);
        };
    assertEquals(tier(point, ranges), point.flashWaitStates(), where);
  }

  private static void within(String where, long hz, int least, int most) {
    assertTrue(hz >= least * MHZ && hz <= most * MHZ, where + ": " + hz + " Hz");
  }

  private static int steps(OperatingPoint point, int mhz) {
    return (int) ((point.clockHz() - 1) / (mhz * MHZ));
  }

  private static int tier(OperatingPoint point, List<Integer> limits) {
    return tier(point.clockHz(), limits);
  }

  private static int tier(long hz, List<Integer> limitsMhz) {
    for (int i = 0; i < limitsMhz.size(); i++) {
      if (hz <= limitsMhz.get(i) * MHZ) {
        return i;
      }
    }
    throw new AssertionError(hz + " Hz is above every limit " + limitsMhz);
  }
}
