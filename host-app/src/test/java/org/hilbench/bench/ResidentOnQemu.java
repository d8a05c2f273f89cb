package org.hilbench.bench;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.device.Device;
import org.hilbench.device.ModelStatus;
import org.hilbench.device.OpReport;
import org.hilbench.device.Patience;
import org.hilbench.device.ProtocolDevice;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Upload;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.ResidentRequest;
import org.hilbench.firmware.Workshop;
import org.hilbench.serial.SerialLink;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Assumptions;

/** Resident firmware on a simulated Cortex-M4, which takes one model after another. */
public final class ResidentOnQemu implements AutoCloseable {
  private static final String MACHINE = "mps2-an386";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final QemuOnAPty machine;
  private final Device device;

  private ResidentOnQemu(QemuOnAPty machine, Device device) {
    this.machine = machine;
    this.device = device;
  }

  /** Builds the image and starts it; the test aborts where a tool is absent. */
  public static ResidentOnQemu start(KernelSet kernels) throws Exception {
    CommandRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    FirmwareImage image =
        Workshop.built(
            Workshop.builder().build(new ResidentRequest(Workshop.board(MACHINE), kernels)));
    QemuOnAPty machine = QemuOnAPty.start(runner, "qemu-system-arm", MACHINE, image.elf());
    SerialLink line = SerialLink.open(machine.port(), List.of(921_600));
    Device device =
        ProtocolDevice.greet(line, "qemu", Patience.simulated(), new SplittableRandom(1));
    return new ResidentOnQemu(machine, device);
  }

  /** Sends a model; whether the firmware is ready to run it. */
  public boolean upload(TfliteModel model, byte[] form) throws Exception {
    int input = (int) model.inputTensor().bytes();
    device.upload(new Upload(form, model.sha256(), input, model.operators().size()));
    return device.identity().modelStatus() == ModelStatus.READY;
  }

  /** One inference; size and CRC of every operator's first output. */
  public List<OpReport> run(byte[] input) throws Exception {
    device.input(input);
    device.run(RunOrder.timed(0, 0, true, LIMIT));
    return device.ops();
  }

  @Override
  public void close() {
    device.close();
    machine.close();
  }
}
