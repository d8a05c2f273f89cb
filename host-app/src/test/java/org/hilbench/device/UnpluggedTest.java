package org.hilbench.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.hilbench.protocol.Link;
import org.hilbench.serial.FollowingLink;
import org.hilbench.serial.PortException;
import org.hilbench.serial.PortIdentity;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.hilbench.serial.SysfsTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board's cable is pulled while it is at work. */
class UnpluggedTest {
  private static final List<Integer> RATES = List.of(921_600);
  private static final PortIdentity PORT = new PortIdentity(0x0483, 0x374b, "AAA111", 2);
  private static final Patience PATIENCE =
      new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(30));
  private static final RunOrder RUN = RunOrder.timed(0, 2, true, Duration.ofMinutes(1));

  @TempDir Path folder;

  @Test
  void aCableThatIsPulledInMidRunAndStaysOutIsALostLine() throws Exception {
    SysfsTree tree = new SysfsTree(folder.resolve("root"));
    try (PtyPair pair = PtyPair.open(folder, "line");
        Link board = SerialLink.open(pair.boardEnd(), RATES);
        FirmwareBehindALine firmware = new FirmwareBehindALine(board)) {
      tree.plug("1-2", "AAA111", "ttyACM0", pair.hostEnd());
      Device device = greeted(tree, Duration.ofMillis(300));
      device.input(new byte[FakeFirmware.INPUT_BYTES]);
      firmware.whenItWorks(() -> pull(tree, pair));
      DeviceException.Lost lost =
          assertThrows(DeviceException.Lost.class, () -> device.run(RUN), firmware::toString);
      PortException why = assertInstanceOf(PortException.class, lost.getCause());
      assertEquals(PortException.Reason.ABSENT, why.reason());
      assertTrue(lost.getMessage().contains("probe 0483:374b serial AAA111"), lost::getMessage);
    }
  }

  @Test
  void aCableThatIsPulledInMidRunAndPutBackElsewhereLosesNothing() throws Exception {
    SysfsTree tree = new SysfsTree(folder.resolve("root"));
    try (PtyPair before = PtyPair.open(folder, "before");
        PtyPair after = PtyPair.open(folder, "after");
        Link board = SerialLink.open(before.boardEnd(), RATES);
        Link boardAfter = SerialLink.open(after.boardEnd(), RATES);
        FirmwareBehindALine firmware = new FirmwareBehindALine(board)) {
      tree.plug("1-2", "AAA111", "ttyACM0", before.hostEnd());
      byte[] input = new byte[FakeFirmware.INPUT_BYTES];
      new Random(3).nextBytes(input);
      try (Device device = greeted(tree, Duration.ofMinutes(1))) {
        device.input(input);
        firmware.whenItWorks(
            () -> {
              pull(tree, before);
              firmware.moveTo(boardAfter);
              putBack(tree, after.hostEnd());
            });
        device.run(RUN);
        assertArrayEquals(FakeFirmware.expectedOutput(input), device.output());
      }
    }
  }

  private static Device greeted(SysfsTree tree, Duration patience) throws Exception {
    FollowingLink link = FollowingLink.open(tree.devices(), PORT, RATES, patience);
    return ProtocolDevice.greet(link, "board", PATIENCE, new Random(1));
  }

  private static void pull(SysfsTree tree, PtyPair pair) {
    try {
      tree.unplug("1-2", "ttyACM0");
      pair.hangUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void putBack(SysfsTree tree, Path pty) {
    try {
      Thread.sleep(500);
      tree.plug("1-4", "AAA111", "ttyACM7", pty);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
