package org.hilbench.families;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.ShippedBoards;
import org.hilbench.energy.InaBridgeMeter;
import org.hilbench.energy.InferenceEnergy;
import org.hilbench.energy.PowerTrace;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.Workshop;
import org.hilbench.protocol.Link;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The bridge's firmware, whole, from its reset vector: on a model of its board's registers with an
 * INA226 or INA228 on its I2C, in simulated time, read by the meter over a pty.
 */
class InaBridgeFirmwareTest {
  private static final String BOARD = "nucleo-f446re";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double IDLE_AMPERES = 0.0021;
  private static final double BUSY_AMPERES = 0.0137;
  private static final double LEAD = 0.04;
  private static final double BUSY = 0.2;
  private static final int INFERENCES = 10;
  private static final double BYTE_SECONDS = 10 / 921_600.0;
  private static final int LOOKS_IN_A_ROW = 500;
  private static final int TRIGGER = 1 << 10;

  @TempDir static Path build;
  @TempDir Path folder;

  private final SimulatedTime time = new SimulatedTime();
  private final ArrayDeque<Byte> toBoard = new ArrayDeque<>();
  private final ByteArrayOutputStream fromBoard = new ByteArrayOutputStream();
  private final CountDownLatch played = new CountDownLatch(1);
  private volatile boolean armed;
  private volatile boolean ended;
  private double begin = Double.POSITIVE_INFINITY;
  private double freeAt;
  private int looks;

  @BeforeAll
  static void builds() throws Exception {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(
        runner.find("arm-none-eabi-g++").isPresent() && runner.find("ninja").isPresent(),
        "arm-none-eabi-g++ or ninja is not installed");
    Path templates = ShippedBoards.directory().resolveSibling("firmware-templates");
    run(
        runner,
        "cmake",
        "-S",
        templates.resolve("ina-bridge").toString(),
        "-B",
        build.toString(),
        "-G",
        "Ninja",
        "-DCMAKE_TOOLCHAIN_FILE=" + templates.resolve("cmake/arm-none-eabi.cmake"));
    run(runner, "cmake", "--build", build.toString());
  }

  @ParameterizedTest
  @CsvSource({"false, 480e-6", "true, 585e-6"})
  void aKnownWaveformThroughChipFirmwareAndPtyGivesItsEnergyWithinHalfAPercent(
      boolean twentyBits, double cycleSeconds) throws Exception {
    InaChipModel chip =
        new InaChipModel(twentyBits, cycleSeconds, at -> busy(at) ? BUSY_AMPERES : IDLE_AMPERES);
    BoardProfile board = Workshop.board(BOARD);
    Family family = Family.of(board);
    RegisterModel model = registers(family, chip);
    try (PtyPair pair = PtyPair.open(folder, "ina");
        Link wire = SerialLink.open(pair.boardEnd(), InaBridgeMeter.RATES);
        UnicornBoard cortex = new UnicornBoard(board, model, build.resolve("ina-bridge.elf"))) {
      line(family, model, cortex);
      Thread silicon = new Thread(() -> run(cortex, wire), "bridge");
      silicon.start();
      try (InaBridgeMeter meter =
          InaBridgeMeter.open(SerialLink.open(pair.hostEnd(), InaBridgeMeter.RATES), PATIENCE)) {
        assertEquals(chip.name() + " behind a USB bridge", meter.name());
        meter.start();
        armed = true;
        assertTrue(played.await(60, TimeUnit.SECONDS), "the waveform was not played");
        Thread.sleep(200); // what is under way
        PowerTrace trace = meter.stop();

        assertEquals(chip.rateHz(), trace.sampleRateHz(), 1e-3 * chip.rateHz());
        InferenceEnergy energy = InferenceEnergy.of(trace, INFERENCES);
        double joules = BUSY_AMPERES * InaChipModel.VOLTS * BUSY / INFERENCES;
        assertEquals(joules, energy.joules(), 0.005 * joules);
        double idle = IDLE_AMPERES * InaChipModel.VOLTS;
        // an edge falls into a conversion, whose sample is half busy
        assertEquals(idle, energy.idleWatts(), 0.03 * idle);
        assertEquals(BUSY * chip.rateHz(), energy.samples(), 2);
      } finally {
        ended = true;
        silicon.join();
      }
    }
  }

  private boolean busy(double at) {
    return at >= begin && at < begin + BUSY;
  }

  private RegisterModel registers(Family family, InaChipModel chip) {
    RegisterModel model = family.model(3);
    model.onRead(0xe0001000L, () -> 4 << 28); // DWT: four comparators
    model.onRead(0xe000ed90L, () -> 8 << 8); // MPU: eight regions
    model.onRead(
        0xe0001004L,
        () -> {
          time.pass(0.5e-6);
          return (int) (long) (time.seconds() * 84e6);
        });
    model.onRead(family.field("GPIOA.IDR").address(), this::pins);
    I2cModel.attach(model, family, time, chip);
    return model;
  }

  /** USART2, which takes its time for each byte; at times the core stands still for the pty. */
  private void line(Family family, RegisterModel model, UnicornBoard cortex) {
    long uart = family.field("USART2.SR").address();
    model.onRead(
        uart,
        () -> {
          time.pass(0.5e-6);
          if (++looks % LOOKS_IN_A_ROW == 0) {
            cortex.pause();
          }
          return (toBoard.isEmpty() ? 0 : 1 << 5) | (time.seconds() >= freeAt ? 3 << 6 : 0);
        });
    model.onRead(uart + 4, () -> Objects.requireNonNullElse(toBoard.poll(), (byte) 0) & 0xff);
    model.onWrite(
        uart + 4,
        value -> {
          fromBoard.write(value);
          freeAt = Math.max(freeAt, time.seconds()) + BYTE_SECONDS;
        });
  }

  /** The board that is measured raises its trigger while it is busy. */
  private int pins() {
    if (armed && begin == Double.POSITIVE_INFINITY) {
      begin = time.seconds() + LEAD;
    }
    if (time.seconds() > begin + BUSY + LEAD) {
      played.countDown();
    }
    return busy(time.seconds()) ? TRIGGER : 0;
  }

  private void run(UnicornBoard cortex, Link wire) {
    byte[] buffer = new byte[256];
    try {
      while (!ended) {
        int count = wire.read(buffer, Duration.ofMillis(1));
        for (int i = 0; i < count; i++) {
          toBoard.add(buffer[i]);
        }
        cortex.read(buffer, PATIENCE);
        wire.write(fromBoard.toByteArray(), Duration.ofSeconds(5));
        fromBoard.reset();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(ExecRunner runner, String... argv) throws Exception {
    CommandResult result = runner.run(Command.of(argv));
    assertTrue(result.ok(), result.tail());
  }
}
