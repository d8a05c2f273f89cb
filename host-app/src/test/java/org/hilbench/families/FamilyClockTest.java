package org.hilbench.families;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.OperatingPoint;
import org.hilbench.board.ShippedBoards;
import org.hilbench.families.RegisterHeader.Claim;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each family's clock code, compiled for its core, executed on a model of its registers: every
 * operating point of every board, with ready bits that come late and that never come.
 */
class FamilyClockTest {
  private static final int CONFIRMED = 0;
  private static final int SOURCE_NOT_READY = 1;
  private static final int VOLTAGE_NOT_READY = 2;
  private static final int OSCILLATOR_FAILED = 4;
  private static final int LATENCY_NOT_TAKEN = 8;
  private static final int PLL_NOT_LOCKED = 16;
  private static final int SWITCH_FAILED = 32;

  /** Compiled once for each board. */
  private static final Map<String, ClockCode> COMPILED = new HashMap<>();

  @TempDir static Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nucleo-l4r5zi",
        "nucleo-f446re",
        "nucleo-f746zg",
        "nucleo-h743zi2",
        "nucleo-u575zi-q",
        "stm32f4-discovery",
        "nrf52840dk",
        "nrf5340dk",
        "netduinoplus2",
        "b-l475e-iot01a"
      })
  void everyOperatingPointIsReachedInTheManualsOrder(String id) throws Exception {
    Family family = Family.of(board(id));
    ClockCode code = code(id);
    for (OperatingPoint point : board(id).operatingPoints()) {
      for (int delay : List.of(0, 3, 300)) {
        RegisterModel model = family.model(delay);
        assertEquals(CONFIRMED, run(code, model, point), id + " " + point.name());
        checkOrder(family, model, point, id + " " + point.name());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nucleo-f446re, RCC.CR.HSIRDY, " + SOURCE_NOT_READY,
    "nucleo-f446re, RCC.CR.HSERDY, " + OSCILLATOR_FAILED,
    "nucleo-f446re, RCC.CR.PLLRDY, " + PLL_NOT_LOCKED,
    "nucleo-f446re, PWR.CSR.ODRDY, 64",
    "nucleo-f446re, PWR.CSR.ODSWRDY, 64",
    "nucleo-f446re, PWR.CSR.VOSRDY, " + VOLTAGE_NOT_READY,
    "nucleo-f446re, FLASH.ACR.LATENCY, " + LATENCY_NOT_TAKEN,
    "nucleo-f446re, RCC.CFGR.SWS, " + SWITCH_FAILED,
    "nucleo-f746zg, RCC.CR.HSERDY, " + OSCILLATOR_FAILED,
    "nucleo-f746zg, RCC.CR.PLLRDY, " + PLL_NOT_LOCKED,
    "nucleo-f746zg, RCC.CFGR.SWS, " + SWITCH_FAILED,
    "nucleo-l4r5zi, RCC.CR.MSIRDY, " + SOURCE_NOT_READY,
    "nucleo-l4r5zi, RCC.CR.PLLRDY, " + PLL_NOT_LOCKED,
    "nucleo-l4r5zi, PWR.CR5.R1MODE, " + VOLTAGE_NOT_READY,
    "nucleo-l4r5zi, FLASH.ACR.LATENCY, " + LATENCY_NOT_TAKEN,
    "nucleo-l4r5zi, RCC.CFGR.SWS, " + SWITCH_FAILED,
    "nucleo-h743zi2, RCC.CR.HSIRDY, " + SOURCE_NOT_READY,
    "nucleo-h743zi2, PWR.D3CR.VOSRDY, " + VOLTAGE_NOT_READY,
    "nucleo-h743zi2, RCC.CR.HSERDY, " + OSCILLATOR_FAILED,
    "nucleo-h743zi2, RCC.CR.PLL1RDY, " + PLL_NOT_LOCKED,
    "nucleo-h743zi2, FLASH.ACR.LATENCY, " + LATENCY_NOT_TAKEN,
    "nucleo-h743zi2, RCC.CFGR.SWS, " + SWITCH_FAILED,
    "nucleo-u575zi-q, RCC.CR.MSISRDY, " + SOURCE_NOT_READY,
    "nucleo-u575zi-q, PWR.SVMSR.REGS, " + VOLTAGE_NOT_READY,
    "nucleo-u575zi-q, PWR.VOSR.VOSRDY, " + VOLTAGE_NOT_READY,
    "nucleo-u575zi-q, PWR.VOSR.BOOSTRDY, " + VOLTAGE_NOT_READY,
    "nucleo-u575zi-q, RCC.CR.PLLRDY, " + PLL_NOT_LOCKED,
    "nucleo-u575zi-q, RCC.CFGR1.SWS, " + SWITCH_FAILED,
    "nrf52840dk, CLOCK.HFCLKSTAT.STATE, " + SOURCE_NOT_READY,
    "nrf52840dk, CLOCK.EVENTS_HFCLKSTARTED.EVENTS_HFCLKSTARTED, " + OSCILLATOR_FAILED,
    "nrf52840dk, CLOCK.HFCLKSTAT.SRC, " + SWITCH_FAILED,
    "nrf52840dk, NVMC.ICACHECNF.CACHEEN, " + LATENCY_NOT_TAKEN,
    "nrf5340dk, CLOCK_S.EVENTS_HFCLKSTARTED.EVENTS_HFCLKSTARTED, " + OSCILLATOR_FAILED,
    "nrf5340dk, CLOCK_S.HFCLKCTRL.HCLK, " + SWITCH_FAILED,
    "nrf5340dk, CACHE_S.ENABLE.ENABLE, " + LATENCY_NOT_TAKEN,
  })
  void aBitThatNeverComesIsToldByItsCauseAndTheCoreStaysOnItsFirstClock(
      String id, String field, int cause) throws Exception {
    Family family = Family.of(board(id));
    RegisterModel model = family.modelWithout(field);
    OperatingPoint point = board(id).defaultOperatingPoint();
    assertEquals(cause, run(code(id), model, point));
    if (family.hasSwitch() && cause != SWITCH_FAILED) {
      assertEquals(
          0, model.get(family.field("SW")), "SW was written although " + field + " failed");
    }
  }

  /** RCC of the QEMU 7.2 model of STM32F405 reads 0: nothing beyond the source may be written. */
  @ParameterizedTest
  @ValueSource(strings = {"netduinoplus2"})
  void aModelWithoutReadyBitsGetsNoPllWrite(String id) throws Exception {
    Family family = Family.of(board(id));
    RegisterModel model = new RegisterModel();
    assertEquals(SOURCE_NOT_READY, run(code(id), model, board(id).defaultOperatingPoint()));
    long pll = family.field("PLLN").address();
    assertTrue(model.changes().stream().noneMatch(change -> change.address() == pll));
  }

  private void checkOrder(Family family, RegisterModel model, OperatingPoint point, String where) {
    if (!family.hasSwitch()) {
      return;
    }
    Claim sw = family.field("SW");
    int switched = model.lastTime(sw, family.pllCode());
    int last = model.changes().size() - 1;
    assertTrue(switched >= 0, where + ": never switched to the PLL");
    Claim latency = family.field("LATENCY");
    assertEquals(point.flashWaitStates(), model.get(latency), where);
    if (point.flashWaitStates() > 0) {
      int waits = model.lastTime(latency, point.flashWaitStates());
      assertTrue(waits >= 0 && waits < switched, where + ": wait states after the faster clock");
    }
    Claim vos = family.field("VOS");
    int voltage = model.lastTime(vos, model.get(vos));
    assertTrue(voltage < switched, where + ": voltage after the faster clock");
    // After SW only the AHB prescaler may follow: the L4+ jump over half of the clock.
    for (int i = switched + 1; i <= last; i++) {
      assertEquals(sw.address(), model.changes().get(i).address(), where + ": a write after SW");
    }
  }

  private int run(ClockCode code, RegisterModel model, OperatingPoint point) {
    try (Unicorn cortex = new Unicorn(model, 0x4000_0000L, 0x2000_0000L)) {
      return cortex.call(code.code(), code.setClock(), words(point));
    }
  }

  /** ClockPlan's members in their order. */
  private static int[] words(OperatingPoint point) {
    Map<String, Integer> set = point.settings().orElse(Map.of());
    List<String> names =
        List.of(
            "hse",
            "bypass",
            "pllm",
            "plln",
            "pllp",
            "ppre1",
            "ppre2",
            "hpre",
            "vos",
            "vosbits",
            "overdrive",
            "range",
            "boost",
            "wrhighfreq",
            "mboost",
            "dcdc",
            "hclk");
    int[] words = new int[2 + names.size()];
    words[0] = (int) point.clockHz();
    words[1] = point.flashWaitStates();
    for (int i = 0; i < names.size(); i++) {
      words[2 + i] = set.getOrDefault(names.get(i), 0);
    }
    assertTrue(names.containsAll(set.keySet()), "a setting that no clock code takes: " + set);
    return words;
  }

  private ClockCode code(String id) throws Exception {
    ClockCode known = COMPILED.get(id);
    if (known == null) {
      Path templates = ShippedBoards.directory().resolveSibling("firmware-templates");
      known = ClockCode.build(templates, board(id), folder);
      COMPILED.put(id, known);
    }
    return known;
  }

  private static BoardProfile board(String id) throws Exception {
    return BoardProfiles.load(ShippedBoards.directory()).find(id);
  }
}
