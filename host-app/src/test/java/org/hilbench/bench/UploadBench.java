package org.hilbench.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hilbench.board.BoardProfile;
import org.hilbench.device.Device;
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
import org.hilbench.tflite.DeviceForm;
import org.hilbench.tflite.TfliteModel;

/**
 * From a model to its numbers on a board that runs resident firmware already, over a line at
 * 921,600 baud: {@code scripts/bench upload MODEL.tflite [TURNS]}.
 */
final class UploadBench {
  private static final int BAUD = 921_600;

  private UploadBench() {}

  public static void main(String[] args) throws Exception {
    TfliteModel model = TfliteModel.parse(Files.readAllBytes(Path.of(args[0])));
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    BoardProfile board = Workshop.board("mps2-an386");
    FirmwareImage image =
        Workshop.built(Workshop.builder().build(new ResidentRequest(board, KernelSet.HILBENCH)));
    CommandRunner runner = new ExecRunner();
    try (QemuOnAPty machine = QemuOnAPty.start(runner, "qemu-system-arm", board.id(), image.elf());
        Device device = greeted(machine)) {
      for (int turn = 0; turn < turns; turn++) {
        turn(model, device);
      }
    }
    System.exit(0);
  }

  private static Device greeted(QemuOnAPty machine) throws Exception {
    RatedLink line = new RatedLink(SerialLink.open(machine.port(), List.of(115_200)), BAUD);
    return ProtocolDevice.greet(line, "qemu", Patience.simulated(), new SplittableRandom(1));
  }

  private static void turn(TfliteModel model, Device device) throws Exception {
    byte[] form = DeviceForm.of(model).bytes();
    int input = (int) model.inputTensor().bytes();
    long begin = System.nanoTime();
    device.upload(new Upload(form, model.sha256(), input, model.operators().size()));
    double uploaded = since(begin);
    device.input(MlperfTiny.wide(model).toArray());
    device.run(RunOrder.timed(1, 3, true, Duration.ofMinutes(2)));
    device.output();
    device.statistics();
    int ops = device.ops().size();
    System.out.printf(
        Locale.ROOT,
        "%d bytes at %d baud: uploaded and prepared %.2f s, numbers of %d operators after %.2f s%n",
        form.length,
        BAUD,
        uploaded,
        ops,
        since(begin));
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
