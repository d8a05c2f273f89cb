package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.hilbench.protocol.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every device does; the model is a chain of operators. */
public abstract class DeviceContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Device device;

  /** A fresh device with a model that is ready. */
  protected abstract Device open() throws Exception;

  @BeforeEach
  void openDevice() throws Exception {
    device = open();
  }

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void saysWhoItIs() {
    Identity identity = device.identity();
    assertFalse(identity.buildId().isBlank());
    assertEquals(ModelStatus.READY, identity.modelStatus());
    assertTrue(identity.maxPacket() >= 128);
    assertTrue(identity.inputBytes() > 0 && identity.opCount() > 0);
    assertFalse(device.clock().tickSource().isBlank());
  }

  @Test
  void sendsBackWhatItGets() throws DeviceException {
    byte[] bytes = new byte[100];
    for (int round = 0; round < 10; round++) {
      new Random(round).nextBytes(bytes);
      assertArrayEquals(bytes, device.echo(bytes));
    }
    assertArrayEquals(new byte[0], device.echo(new byte[0]));
  }

  @Test
  void timesEveryRunAskedForAndForgetsTheOnesBefore() throws DeviceException {
    device.input(input(1));
    device.run(RunOrder.timed(1, 5, false, LIMIT));
    Statistics five = device.statistics();
    assertEquals(5, five.ticks().size());
    assertTrue(five.ticks().stream().allMatch(ticks -> ticks > 0), five::toString);
    assertTrue(0 < five.arenaUsed() && five.arenaUsed() <= five.arenaBytes(), five::toString);
    assertTrue(0 < five.stackUsed() && five.stackUsed() <= five.stackBytes(), five::toString);
    device.run(RunOrder.timed(0, 1, false, LIMIT));
    assertEquals(1, device.statistics().ticks().size());
  }

  @Test
  void theSameInputGivesTheSameOutputAndAnotherAnother() throws DeviceException {
    byte[] first = output(input(1));
    byte[] other = output(input(2));
    assertEquals(device.identity().outputBytes(), first.length);
    assertFalse(java.util.Arrays.equals(first, other), "one output for two inputs");
    assertArrayEquals(first, output(input(1)));
  }

  @Test
  void eachOperatorsOutputCanBeReadAndHasTheCrcThatWasTold() throws DeviceException {
    device.input(input(3));
    device.run(RunOrder.timed(0, 1, true, LIMIT));
    byte[] output = device.output();
    List<OpReport> ops = device.ops();
    assertEquals(device.identity().opCount(), ops.size());
    byte[] last = output;
    for (int index : List.of(0, 1, ops.size() - 1)) {
      OpReport op = ops.get(index);
      device.run(RunOrder.upTo(op.index(), LIMIT));
      last = device.opOutput(op.index(), (int) op.outputBytes());
      assertEquals(op.outputBytes(), last.length);
      assertEquals(op.outputCrc(), crc(last), () -> "operator " + op.index());
    }
    assertArrayEquals(output, last);
  }

  @Test
  void aWholeRunLeavesWhatTheLastOperatorReads() throws DeviceException {
    int fed = device.identity().opCount() - 2;
    device.input(input(1));
    device.run(RunOrder.timed(0, 0, true, LIMIT));
    int bytes = (int) device.ops().get(fed).outputBytes();
    device.run(RunOrder.once(LIMIT));
    byte[] left = device.opOutput(fed, bytes);
    refused(ErrorCode.BAD_STATE, () -> device.opOutput(0, bytes));
    device.run(RunOrder.upTo(fed, LIMIT));
    assertArrayEquals(device.opOutput(fed, bytes), left);
  }

  @Test
  void operatorsAreOnlyToldOfWhereAskedFor() throws DeviceException {
    device.input(input(1));
    device.run(RunOrder.timed(0, 1, false, LIMIT));
    assertEquals(List.of(), device.ops());
  }

  @Test
  void refusesWhatItCannotDoNow() throws DeviceException {
    refused(ErrorCode.BAD_STATE, () -> device.run(RunOrder.once(LIMIT)));
    refused(ErrorCode.BAD_STATE, () -> device.output());
    device.input(input(1));
    device.run(RunOrder.upTo(0, LIMIT));
    refused(ErrorCode.BAD_STATE, () -> device.opOutput(1, 1));
    refused(ErrorCode.UNKNOWN_OPERATING_POINT, () -> device.operatingPoint("no such point"));
  }

  @Test
  void setsTheOperatingPointsThatItNames() throws DeviceException {
    for (String point : device.identity().operatingPoints()) {
      assertEquals(point, device.operatingPoint(point).operatingPoint());
      assertEquals(point, device.clock().operatingPoint());
    }
  }

  @Test
  void aResetForgetsTheInputAndTheDeviceIsThereAgain() throws DeviceException {
    device.input(input(1));
    device.reset();
    refused(ErrorCode.BAD_STATE, () -> device.run(RunOrder.once(LIMIT)));
    assertEquals(Optional.empty(), device.lastFault());
    output(input(1));
  }

  @Test
  void aCrashOnPurposeIsToldAndOnlyAResetHelps() throws DeviceException {
    assertTrue(device.identity().capabilities().crash());
    FaultReport told = device.crash();
    assertTrue(told.pc() != 0 && !told.causes().isEmpty(), told::describe);
    assertThrows(DeviceException.Fault.class, () -> device.echo(new byte[1]));
    device.reset();
    device.lastFault().ifPresent(kept -> assertEquals(told.pc(), kept.pc()));
    output(input(1));
  }

  @Test
  void anInterruptedCallEndsAtOnceAndTheFlagStays() {
    Thread.currentThread().interrupt();
    assertThrows(DeviceException.Interrupted.class, () -> device.echo(new byte[10]));
    assertTrue(Thread.interrupted(), "the flag stays set");
  }

  @Test
  void aClosedDeviceIsLostNotSilent() {
    device.close();
    assertThrows(DeviceException.Lost.class, () -> device.echo(new byte[10]));
    device.close();
  }

  private byte[] output(byte[] input) throws DeviceException {
    device.input(input);
    device.run(RunOrder.once(LIMIT));
    return device.output();
  }

  private byte[] input(int seed) {
    return input(device.identity().inputBytes(), seed);
  }

  /** An input; two seeds give two outputs. */
  protected byte[] input(int size, int seed) {
    byte[] input = new byte[size];
    new Random(seed).nextBytes(input);
    return input;
  }

  private interface Call {
    void run() throws DeviceException;
  }

  private static void refused(ErrorCode code, Call call) {
    DeviceException.Refused refused =
        assertThrows(DeviceException.Refused.class, call::run, () -> "wanted " + code);
    assertEquals(code, refused.code(), refused::getMessage);
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
