package org.hilbench.device;

import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareRequest;
import org.hilbench.firmware.KernelSet;
import org.hilbench.firmware.Workshop;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;

/** The device contract on the real firmware in QEMU. */
@Tag("sim")
final class QemuDeviceTest extends DeviceContract {
  @Override
  protected Device open() throws Exception {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    TfliteModel model = Workshop.mlperf("kws_dscnn_int8");
    var request = new FirmwareRequest(model, Workshop.board("mps2-an386"), KernelSet.REFERENCE);
    var image = Workshop.built(Workshop.builder().build(request));
    return new QemuMachine(Qemu.find(runner), "mps2-an386").open(image.elf());
  }

  /** A narrow range off saturation, or all of int8: most inputs would give the same class. */
  @Override
  protected byte[] input(int size, int seed) {
    byte[] input = new byte[size];
    for (int i = 0; i < size; i++) {
      int step = i * 37 + 11;
      input[i] = (byte) (seed % 2 == 0 ? step % 256 - 128 : step % 31 - 15 + 83);
    }
    return input;
  }
}
