package org.hilbench.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.hilbench.device.DamagedConversation;
import org.hilbench.device.Device;
import org.hilbench.device.Patience;
import org.hilbench.device.ProtocolDevice;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.serial.PtyPair;
import org.hilbench.serial.SerialLink;
import org.hilbench.serial.SpoilingLine;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole image behind a line that spoils every exchange. What ten thousand of these show of the
 * server alone ({@code PtyStormTest}), fifty show of all that stands around it.
 */
class StormOnQemuTest {
  private static final CommandRunner RUNNER = new ExecRunner();
  private static final String MACHINE = "mps2-an386";
  private static final List<Integer> RATES = List.of(921_600);
  private static final int EXCHANGES = 50;

  /** Long enough until it asks again that a simulator on a busy machine is not overrun. */
  private static final Patience PATIENCE =
      new Patience(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMillis(100));

  @TempDir Path folder;

  @Test
  void eachExchangeIsAnsweredRightOrEndsTypedAndTheNextIsAnswered() throws Exception {
    Assumptions.assumeTrue(RUNNER.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    TfliteModel model = FirmwareOnAPtyTest.model();
    FirmwareImage image =
        Workshop.built(
            Workshop.builder()
                .build(new FirmwareRequest(model, Workshop.board(MACHINE), KernelSet.REFERENCE)));
    Random random = new Random(13);
    try (QemuOnAPty machine = QemuOnAPty.start(RUNNER, "qemu-system-arm", MACHINE, image.elf());
        PtyPair pair = PtyPair.open(folder, "line");
        SpoilingLine line =
            new SpoilingLine(
                SerialLink.open(pair.boardEnd(), RATES),
                SerialLink.open(machine.port(), RATES),
                random);
        Device device =
            ProtocolDevice.greet(SerialLink.open(pair.hostEnd(), RATES), "qemu", PATIENCE, random);
        HostInterpreter host = HostInterpreter.open(model.bytes(), Kernels.REFERENCE)) {
      new DamagedConversation(device, line, random, host::invoke, 3).until(EXCHANGES);
    }
  }
}
