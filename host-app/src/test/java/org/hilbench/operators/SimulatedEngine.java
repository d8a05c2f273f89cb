package org.hilbench.operators;

import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.hilbench.BenchException;
import org.hilbench.bench.ResidentOnQemu;
import org.hilbench.device.OpReport;
import org.hilbench.firmware.KernelSet;
import org.jspecify.annotations.Nullable;

/** The whole firmware on a simulated Cortex-M4; started anew after a fault. */
final class SimulatedEngine implements Engine {
  private final KernelSet kernels;
  private @Nullable ResidentOnQemu machine;

  SimulatedEngine(KernelSet kernels) {
    this.kernels = kernels;
  }

  @Override
  public Optional<String> fault(Answers answers, byte[] linked) throws Exception {
    ResidentOnQemu running = machine;
    if (running == null) {
      running = ResidentOnQemu.start(kernels);
      machine = running;
    }
    try {
      return fault(answers, linked, running);
    } catch (BenchException e) {
      close();
      return Optional.of("FAILED: " + e.getMessage());
    }
  }

  private static Optional<String> fault(Answers answers, byte[] linked, ResidentOnQemu machine)
      throws Exception {
    if (!machine.upload(answers.model(), linked)) {
      return Optional.of("REFUSED by the firmware");
    }
    for (int i = 0; i < answers.inputs().size(); i++) {
      List<OpReport> ops = machine.run(answers.inputs().get(i));
      for (OpReport op : ops) {
        CRC32 right = new CRC32();
        right.update(answers.outputs().get(i).get(op.index()));
        if (right.getValue() != op.outputCrc()) {
          return Optional.of(answers.model().operators().get(op.index()).label() + " DIFFERS");
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    if (machine != null) {
      machine.close();
      machine = null;
    }
  }
}
