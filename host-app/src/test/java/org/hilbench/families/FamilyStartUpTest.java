package org.hilbench.families;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Core;
import org.hilbench.board.OperatingPoint;
import org.hilbench.device.ClockReport;
import org.hilbench.device.DeviceException;
import org.hilbench.device.Patience;
import org.hilbench.device.ProtocolDevice;
import org.hilbench.device.RunOrder;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole image of a board, from its reset vector to the answers on its serial line, on a model
 * of its registers: start-up, every clock, the timed section with its trigger, the watchdog, the
 * wraps of the cycle counter.
 */
class FamilyStartUpTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Patience PATIENCE = new Patience(LIMIT, LIMIT, LIMIT);

  /** By the clock that leaps with the counter. */
  private static final Duration LEAPING_LIMIT = Duration.ofDays(10);

  /** Asks again after a second of work. */
  private static final Patience SOON = new Patience(LIMIT, LIMIT, Duration.ofMillis(100));

  private static final long CYCLES = 0xe0001004L;
  private static final long VECTORS = 0xe000ed08L;
  private static final long FPU = 0xe000ed88L;
  private static final long GUARD = 0xe000ed9cL;

  private static final int OUTPUT = 1;
  private static final int ALTERNATE = 2;

  /** Longer than two wraps of the cycle counter. */
  private static final long CYCLES_EACH = 10_000_000_019L;

  /** What happened that the order of matters. */
  private final List<String> events = new ArrayList<>();

  private long cycles;
  private Map<String, Integer> settings = Map.of();

  @ParameterizedTest
  @CsvSource({
    "nucleo-f446re, RCC.CSR.SFTRSTF, 1fff7a10",
    "nucleo-f746zg, RCC.CSR.SFTRSTF, 1ff0f420",
    "nucleo-l4r5zi, RCC.CSR.SFTRSTF, 1fff7590",
    "b-l475e-iot01a, RCC.CSR.SFTRSTF, 1fff7590",
    "nucleo-h743zi2, RCC.RSR.SFTRSTF, 1ff1e800",
    "nucleo-u575zi-q, RCC.CSR.SFTRSTF, 0bfa0700",
    "nrf52840dk, POWER.RESETREAS.SREQ, 10000060",
    "nrf5340dk, RESET_S.RESETREAS.SREQ, 00ff0204"
  })
  void fromTheResetVectorToAnInferenceAtEveryClock(String id, String cause, String uniqueId)
      throws Exception {
    BoardProfile board = singlePrecision(Workshop.board(id));
    settings = board.defaultOperatingPoint().settings().orElseThrow();
    Family family = Family.of(board);
    TfliteModel network = network();
    FirmwareImage image = image(board, network);
    RegisterModel model = family.model(3);
    model.reset(family.field(cause), 1);
    core(model);
    try (UnicornBoard cortex = new UnicornBoard(board, model, image.elf())) {
      long address = Long.parseLong(uniqueId, 16);
      cortex.memory(address & ~0xffffL, 0x10000);
      cortex.store(address, "0123456789AB".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      SerialModel.attach(board, family, model, cortex);
      counters(board, family, model);
      trigger(board, family, model);
      watchdog(family, model);
      ProtocolDevice device =
          ProtocolDevice.greet(
              cortex, id, PATIENCE, new SplittableRandom(1), () -> elapsedNanos(board));

      assertEquals(image.buildId(), device.identity().buildId());
      assertEquals("software", device.identity().resetCause());
      assertTrue(device.identity().uniqueId().startsWith("3031323334353637"), id);
      if (family.hasSwitch()) {
        assertEquals(ALTERNATE, mode(family, model, board.uart().tx().orElseThrow()), "tx");
        assertEquals(ALTERNATE, mode(family, model, board.uart().rx().orElseThrow()), "rx");
        assertEquals(OUTPUT, mode(family, model, board.trigger().orElseThrow()), "trigger");
      }
      assertEquals(board.codeMemory().origin(), Integer.toUnsignedLong(model.value(VECTORS)));
      assertEquals(0xf << 20, model.value(FPU) & 0xf << 20);
      if (!board.core().cpu().equals("cortex-m33")) {
        assertEquals(board.dataMemory().origin(), Integer.toUnsignedLong(model.value(GUARD)));
      }
      assertTrue(events.contains("watchdog started"), events.toString());
      for (OperatingPoint point : board.operatingPoints()) {
        settings = point.settings().orElseThrow();
        ClockReport clock = device.operatingPoint(point.name());
        assertEquals(point.clockHz(), clock.clockHz().orElseThrow(), point.name());
        assertEquals("dwt", clock.tickSource());
        assertEquals(point.clockHz(), clock.tickHz().orElseThrow());
        assertEquals(1, baud(board, family, model) / board.uart().bauds().get(0), 0.025, id);
        runs(device, network);
      }
    }
  }

  /**
   * The watchdog bites while the fourth operator is looked at: by then the counter was read 7
   * times.
   */
  @ParameterizedTest
  @CsvSource({"nucleo-f446re, RCC.CSR.WDGRSTF", "nrf52840dk, POWER.RESETREAS.DOG"})
  void anOperatorThatOutlastsTheWatchdogIsNamedByTheNextBoot(String id, String cause)
      throws Exception {
    BoardProfile board = Workshop.board(id);
    Family family = Family.of(board);
    TfliteModel network = network();
    RegisterModel model = family.model(3);
    core(model);
    int[] looksLeft = {Integer.MAX_VALUE};
    try (UnicornBoard cortex = new UnicornBoard(board, model, image(board, network).elf())) {
      model.onRead(
          CYCLES,
          () -> {
            if (--looksLeft[0] == 0) {
              model.reset(family.field(cause), 1);
              cortex.reset();
            }
            return (int) (cycles += 1_000);
          });
      cortex.memory(0x1000_0000L, 0x10000); // an nRF's unique id
      cortex.memory(0x1fff_0000L, 0x10000); // an STM32's
      SerialModel.attach(board, family, model, cortex);
      ProtocolDevice device = ProtocolDevice.greet(cortex, id, SOON, new SplittableRandom(1));
      assertEquals("", device.identity().resetCause());
      device.input(new byte[(int) network.inputTensor().bytes()]);
      looksLeft[0] = 7;
      DeviceException.OutlastedWatchdog told =
          assertThrows(
              DeviceException.OutlastedWatchdog.class,
              () -> device.run(RunOrder.timed(0, 0, true, LIMIT)));
      assertEquals(
          id + ": the watchdog reset the board in phase 'per-op' at operator 3", told.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nucleo-f446re, RCC.CR.PLLRDY, the PLL did not lock, 16000000, 921600",
    "nucleo-f446re, RCC.CFGR.SWS, the core did not switch to its clock, 16000000, 921600",
    "nucleo-f746zg, RCC.CR.HSERDY, the oscillator did not start, 16000000, 921600",
    "nucleo-l4r5zi, RCC.CFGR.SWS, the core did not switch to its clock, 1024000000, 921600",
    "nucleo-h743zi2, RCC.CFGR.SWS, the core did not switch to its clock, 64000000, 921600",
    "nucleo-u575zi-q, RCC.CR.PLLRDY, the PLL did not lock, 4000000, 115200"
  })
  void aClockThatFailsLeavesABoardThatAnswersAndSaysWhy(
      String id, String dead, String why, long samplesASecond, int baud) throws Exception {
    BoardProfile board = singlePrecision(Workshop.board(id));
    Family family = Family.of(board);
    RegisterModel model = family.modelWithout(dead);
    core(model);
    try (UnicornBoard cortex = new UnicornBoard(board, model, image(board, network()).elf())) {
      SerialModel.attach(board, family, model, cortex);
      ProtocolDevice device = ProtocolDevice.greet(cortex, id, PATIENCE, new SplittableRandom(1));
      assertEquals(why, device.clock().cause());
      assertTrue(device.clock().tickHz().isEmpty() && device.clock().clockHz().isEmpty());
      long divider = model.value(board.uart().address() + (id.contains("f4") ? 8 : 0xc));
      assertEquals(1, samplesASecond / (double) divider / baud, 0.025);
      for (String prescaler : List.of("PPRE1", "PPRE2", "HPRE", "D2PPRE1")) {
        if (family.has(prescaler)) {
          assertEquals(0, model.get(family.field(prescaler)), prescaler);
        }
      }
    }
  }

  private static FirmwareImage image(BoardProfile board, TfliteModel network) throws Exception {
    return Workshop.built(
        Workshop.builder().build(new FirmwareRequest(network, board, KernelSet.REFERENCE)));
  }

  /** Of an STM32 pin such as PG7. */
  private static int mode(Family family, RegisterModel model, String pin) {
    long port = family.field("GPIOA.MODER").address() + (pin.charAt(1) - 'A') * 0x400L;
    return (model.value(port) >>> (2 * Integer.parseInt(pin.substring(2)))) & 3;
  }

  /** By the divider that the firmware has written, and what the manual says of its clock. */
  private double baud(BoardProfile board, Family family, RegisterModel model) {
    OperatingPoint now =
        board.operatingPoints().stream()
            .filter(point -> point.settings().orElseThrow().equals(settings))
            .findFirst()
            .orElseThrow();
    long uart = board.uart().address();
    if (!family.hasSwitch()) {
      String port = board.target().equals("nrf5340") ? "UARTE0_S" : "UART0";
      long code = model.value(family.field(port + ".BAUDRATE").address());
      return code * 16e6 / (1L << 32);
    }
    boolean second = board.uart().peripheral().equals("USART1");
    double clock = now.clockHz() / (double) settings.getOrDefault(second ? "ppre2" : "ppre1", 1);
    if (board.target().equals("stm32h7")) {
      clock = now.clockHz() / 4.0; // AHB by 2, APB1 by 2
    }
    double samples = board.uart().peripheral().equals("LPUART1") ? 256 : 1;
    int divider = model.value(uart + (board.target().equals("stm32f4") ? 8 : 0xc));
    return clock * samples / divider;
  }

  private void runs(ProtocolDevice device, TfliteModel network) throws Exception {
    byte[] input = new byte[(int) network.inputTensor().bytes()];
    new SplittableRandom(5).nextBytes(input);
    device.input(input);
    events.clear();
    device.run(RunOrder.timed(0, 2, false, LEAPING_LIMIT));
    int first = events.indexOf("trigger high");
    int last = events.indexOf("trigger low");
    List<String> timed = events.subList(first + 1, last);
    assertEquals(4, timed.stream().filter("counter"::equals).count(), events.toString());
    assertEquals(4, events.stream().filter("counter"::equals).count(), events.toString());
    assertEquals(2, timed.stream().filter("watchdog fed"::equals).count(), events.toString());
    assertEquals(List.of(CYCLES_EACH, CYCLES_EACH), device.statistics().ticks());
    try (HostInterpreter host = HostInterpreter.open(network.bytes(), Kernels.REFERENCE)) {
      assertArrayEquals(host.invoke(input), device.output());
    }
  }

  /** Registers of the core that hold something after a reset. */
  static void core(RegisterModel model) {
    model.onRead(0xe0001000L, () -> 4 << 28); // DWT: four comparators
    model.onRead(0xe000ed90L, () -> 8 << 8); // MPU: eight regions
    model.onRead(0xe000ed80L, () -> 127 << 13 | 3 << 3); // CCSIDR: 128 sets of 4 ways
  }

  /** The cycle counter leaps at each reading; the slow counter agrees with it. */
  private void counters(BoardProfile board, Family family, RegisterModel model) {
    model.onRead(
        CYCLES,
        () -> {
          cycles += CYCLES_EACH;
          events.add("counter");
          return (int) cycles;
        });
    if (family.hasSwitch()) {
      model.onRead(
          family.field("TIM2.CNT").address(), () -> (int) (cycles / 65_536 / timerRatio(board)));
    } else {
      // TIMER0, 16 MHz / 2^9; it is captured before the cycle counter is read
      String timer = board.target().equals("nrf5340") ? "TIMER0_S.CC" : "TIMER0.CC";
      long hz = board.defaultOperatingPoint().clockHz();
      model.onRead(
          family.field(timer).address(),
          () ->
              (int) ((cycles + CYCLES_EACH) / ((hz >> settings.getOrDefault("hclk", 0)) / 31_250)));
    }
  }

  /**
   * Of a clock that goes on while the counter leaps, as long as that takes at the slowest point.
   */
  private long elapsedNanos(BoardProfile board) {
    long slowest =
        board.operatingPoints().stream().mapToLong(OperatingPoint::clockHz).min().orElseThrow();
    return System.nanoTime() + (long) (cycles * 1e9 / slowest);
  }

  /** Core clocks a clock of TIM2: its bus is slower on F4, F7 and H7. */
  private long timerRatio(BoardProfile board) {
    int ppre1 = settings.getOrDefault("ppre1", 1);
    return board.target().equals("stm32h7") ? 2 : Math.max(1, ppre1 / 2);
  }

  /** Unicorn's cores compute no doubles; nothing of what is looked at here does. */
  static BoardProfile singlePrecision(BoardProfile board) {
    return new BoardProfile(
        board.id(),
        board.name(),
        board.part(),
        board.core() == Core.CORTEX_M7D ? Core.CORTEX_M7F : board.core(),
        board.target(),
        board.memories(),
        board.operatingPoints(),
        board.uart(),
        board.timeSource(),
        board.usb(),
        board.trigger(),
        board.flash(),
        board.simulators(),
        board.cycleModel(),
        board.sources());
  }

  private void trigger(BoardProfile board, Family family, RegisterModel model) {
    String pin = board.trigger().orElseThrow();
    boolean nordic = pin.indexOf('.') > 0;
    int number = Integer.parseInt(pin.substring(nordic ? 3 : 2));
    int port = pin.charAt(1) - (nordic ? '0' : 'A');
    if (nordic) {
      String first = board.target().equals("nrf5340") ? "P0_S" : "P0";
      long set = family.field(first + ".OUTSET").address() + port * 0x300L;
      told(model, set, 1 << number, "trigger high");
      told(model, set + 4, 1 << number, "trigger low");
    } else {
      long set = family.field("GPIOA.BSRR").address() + port * 0x400L;
      told(model, set, 1 << number, "trigger high");
      told(model, set, 1 << (number + 16), "trigger low");
    }
  }

  private void watchdog(Family family, RegisterModel model) {
    if (family.hasSwitch()) {
      long key = family.field("IWDG.KR").address();
      told(model, key, 0xcccc, "watchdog started");
      told(model, key, 0xaaaa, "watchdog fed");
    } else {
      String wdt = family.target().equals("nrf5340") ? "WDT0_S" : "WDT";
      told(model, family.field(wdt + ".TASKS_START").address(), 1, "watchdog started");
      told(model, family.field(wdt + ".RR").address(), 0x6e524635, "watchdog fed");
    }
  }

  private void told(RegisterModel model, long address, int value, String event) {
    model.onWrite(
        address,
        written -> {
          if (written == value) {
            events.add(event);
          }
        });
  }

  private static TfliteModel network() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    return TfliteModel.parse(
        TfliteWriter.write(RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random)));
  }
}
