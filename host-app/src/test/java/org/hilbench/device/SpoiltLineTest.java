package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class SpoiltLineTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Patience HASTY =
      new Patience(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMillis(1));
  private static final Patience SHORT =
      new Patience(Duration.ofMinutes(1), Duration.ofMillis(120), Duration.ofMillis(20));

  private final FakeLine line = new FakeLine();

  @Test
  void aLineThatDropsFlipsAndCutsDelaysButNeverChangesAnAnswer() throws DeviceException {
    Random random = new Random(7);
    line.spoil(noise(random));
    Device device = ProtocolDevice.greet(line, "fake", HASTY, random);
    byte[] input = new byte[FakeFirmware.INPUT_BYTES];
    for (int round = 0; round < 60; round++) {
      random.nextBytes(input);
      device.input(input);
      device.run(RunOrder.timed(0, 6, true, LIMIT));
      assertArrayEquals(FakeFirmware.expectedOutput(input), device.output());
      assertEquals(List.of(1000L, 1001L, 1002L, 1003L, 1004L, 1005L), device.statistics().ticks());
      assertEquals(3, device.ops().size());
      device.run(RunOrder.upTo(1, LIMIT));
      assertArrayEquals(
          FakeFirmware.tensor(1, input), device.opOutput(1, FakeFirmware.INPUT_BYTES));
    }
  }

  @Test
  void aRequestWhoseAnswerWasLostIsNotCarriedOutTwice() throws DeviceException {
    Device device = ProtocolDevice.greet(line, "fake", HASTY, new Random(1));
    int before = line.firmware().carriedOut();
    AtomicReference<Integer> left = new AtomicReference<>(6);
    line.spoil(
        bytes -> {
          // Lets every request through, and only the third answer.
          left.set(left.get() - 1);
          return left.get() % 2 == 0 && left.get() > 0 ? new byte[0] : bytes;
        });
    assertArrayEquals(new byte[] {5}, device.echo(new byte[] {5}));
    assertTrue(left.get() <= 0, "answers were dropped");
    assertEquals(before + 1, line.firmware().carriedOut());
  }

  @Test
  void aResetInTheMiddleIsSeenAndNothingOfTheBootBeforeIsBelieved() throws DeviceException {
    Device device = ProtocolDevice.greet(line, "fake", HASTY, new Random(1));
    device.input(new byte[FakeFirmware.INPUT_BYTES]);
    line.firmware().resetAfter(0);
    assertThrows(DeviceException.Reset.class, () -> device.run(RunOrder.timed(0, 1, false, LIMIT)));
    assertThrows(DeviceException.Reset.class, device::statistics);
  }

  @Test
  void aFaultIsToldWithItsRegisters() throws DeviceException {
    Device device = ProtocolDevice.greet(line, "fake", HASTY, new Random(1));
    line.firmware().faultAfter(0);
    DeviceException.Fault fault =
        assertThrows(DeviceException.Fault.class, () -> device.echo(new byte[1]));
    assertEquals(0x1234, fault.report().pc());
    assertEquals(List.of("PRECISERR"), fault.report().causes());
    assertEquals(
        "fake: the processor faulted (PRECISERR) in phase 'run' at operator 1; PC 0x00001234,"
            + " LR 0x00005678, CFSR 0x00008200, HFSR 0x40000000, BFAR 0xcccccccd",
        fault.getMessage());
  }

  @Test
  void aWedgedDeviceEndsAtTheDeadline() throws DeviceException {
    Device device = ProtocolDevice.greet(line, "fake", SHORT, new Random(1));
    line.firmware().wedge();
    DeviceException.TimedOut end =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () -> assertThrows(DeviceException.TimedOut.class, () -> device.echo(new byte[1])));
    assertEquals("fake did not answer ECHO within 0.1 s", end.getMessage());
  }

  @Test
  void aPulledCableIsSeenAtOnce() throws DeviceException {
    Device device = ProtocolDevice.greet(line, "fake", HASTY, new Random(1));
    line.end();
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertThrows(DeviceException.Lost.class, () -> device.echo(new byte[1])));
  }

  @Test
  void closingFromAnotherThreadEndsAWaitingCall() throws Exception {
    Device device = ProtocolDevice.greet(line, "fake", HASTY, new Random(1));
    line.firmware().wedge();
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread waiting =
        new Thread(() -> end.set(assertThrows(DeviceException.class, device::statistics)));
    waiting.start();
    Thread.sleep(50);
    device.close();
    waiting.join(30_000);
    assertTrue(end.get() instanceof DeviceException.Lost, () -> "ended with " + end.get());
  }

  @Test
  void anUnconfirmedClockSaysWhy() throws DeviceException {
    Device device = ProtocolDevice.greet(line, "fake", HASTY, new Random(1));
    ClockReport clock = device.operatingPoint("slow");
    assertEquals("PLL never locked", clock.cause());
    assertTrue(clock.clockHz().isEmpty() && clock.tickHz().isEmpty() && !clock.confirmed());
  }

  /** Spoils three pieces in ten: drops, flips, cuts, doubles them or puts noise before them. */
  private static UnaryOperator<byte[]> noise(Random random) {
    return bytes -> {
      int at = random.nextInt(bytes.length);
      byte[] spoilt = bytes.clone();
      switch (random.nextInt(16)) {
        case 0 -> {
          return new byte[0];
        }
        case 1 -> spoilt[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> {
          return Arrays.copyOf(bytes, at);
        }
        case 3 -> {
          spoilt = Arrays.copyOf(bytes, 2 * bytes.length);
          System.arraycopy(bytes, 0, spoilt, bytes.length, bytes.length);
        }
        case 4 -> {
          byte[] before = new byte[1 + random.nextInt(40)];
          random.nextBytes(before);
          spoilt = Arrays.copyOf(before, before.length + bytes.length);
          System.arraycopy(bytes, 0, spoilt, before.length, bytes.length);
        }
        default -> {}
      }
      return spoilt;
    };
  }
}
