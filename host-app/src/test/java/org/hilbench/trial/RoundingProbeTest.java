package org.hilbench.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.bench.Bench;
import org.hilbench.bench.BenchWorker;
import org.hilbench.bench.ImageBuilder;
import org.hilbench.bench.SimulatedPlaces;
import org.hilbench.board.BoardProfiles;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.ExecRunner;
import org.hilbench.firmware.FirmwareBuilder;
import org.hilbench.firmware.Workshop;
import org.hilbench.measure.Bytes;
import org.hilbench.measure.InProcessJobQueue;
import org.hilbench.measure.Loading;
import org.hilbench.measure.MeasurementJob;
import org.hilbench.reference.Kernels;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.DenseRounding;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.verify.GuardedReference;
import org.hilbench.verify.ReferenceAnswers;
import org.hilbench.worker.GuardedWorker;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundingProbeTest {
  @TempDir Path folder;

  @Test
  void theRulesDifferInEveryOutputOfTheProbe() throws Exception {
    byte[] model = RoundingProbe.model();
    assertArrayEquals(RoundingProbeFile.model(), model, "RoundingProbeFile writes the files");
    byte[] input = RoundingProbe.input().toArray();
    byte[] once = RoundingProbeFile.output(model, input, Kernels.ROUNDING_ONCE);
    byte[] twice = RoundingProbeFile.output(model, input, Kernels.REFERENCE);
    assertEquals(Bytes.of(once), RoundingProbe.expected(DenseRounding.ONCE));
    assertEquals(Bytes.of(twice), RoundingProbe.expected(DenseRounding.TWICE));
    for (int i = 0; i < RoundingProbeFile.OUTPUTS; i++) {
      assertEquals(once[i] + 1, twice[i], "output " + i);
    }
  }

  /** The same kernel with either rule is believed, and with neither not. */
  @Test
  @Tag("sim")
  void kernelsOfSomebodyElseAreComparedByTheRuleTheyFollow() throws Exception {
    MeasureStage.Answer.Measured once = measured(kernels("once", "-DROUNDINGS=1"));
    assertEquals(Optional.of(DenseRounding.ONCE), once.measurement().tflm().fullyConnected());
    assertTrue(once.agreement().equal(), () -> once.agreement().text());
    MeasureStage.Answer.Measured twice = measured(kernels("twice", "-DROUNDINGS=2"));
    assertEquals(Optional.of(DenseRounding.TWICE), twice.measurement().tflm().fullyConnected());
    assertTrue(twice.agreement().equal(), () -> twice.agreement().text());
    assertNotEquals(
        once.measurement().outputs().get(0).output(),
        twice.measurement().outputs().get(0).output());
    MeasureStage.Answer.Measured broken = measured(kernels("broken", "-DROUNDINGS=2", "-DBROKEN"));
    assertEquals(Optional.empty(), broken.measurement().tflm().fullyConnected());
    assertFalse(broken.agreement().equal());
  }

  private MeasureStage.Answer.Measured measured(Path kernels) throws Exception {
    ExecRunner runner = new ExecRunner();
    Assumptions.assumeTrue(runner.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    FirmwareBuilder builder = Workshop.builder();
    BoardProfiles boards = BoardProfiles.load(SharedData.repository().resolve("board-profiles"));
    Bench bench = new Bench(boards, ImageBuilder.of(builder), new SimulatedPlaces(boards, runner));
    try (InProcessJobQueue queue =
            new InProcessJobQueue(Duration.ofSeconds(30), InstantSource.system());
        BenchWorker worker = BenchWorker.start(queue, bench, Set.of());
        GuardedWorker host = new GuardedWorker(runner)) {
      assertNotNull(worker);
      TfliteModel model = TfliteModel.parse(RoundingProbeFile.model());
      ReferenceAnswers reference =
          new GuardedReference(host, true).answers(model, List.of(RoundingProbe.input()));
      MeasureStage.Order order =
          new MeasureStage.Order(
              "mps2-an386",
              MeasurementJob.ON_QEMU,
              Optional.empty(),
              kernels.toString(),
              0,
              1,
              Loading.LINKED,
              false);
      MeasureStage.Answer answer =
          new MeasureStage(queue, bench).measure(model.bytes(), reference, order);
      return (MeasureStage.Answer.Measured) answer;
    }
  }

  /** A kernel set with a FULLY_CONNECTED alone. */
  private Path kernels(String name, String... defines) throws Exception {
    Path set = Files.createDirectory(folder.resolve(name));
    Files.writeString(set.resolve("registrations.txt"), "FULLY_CONNECTED somebody::Dense 1-13\n");
    Path source = set.resolve("dense.cc");
    try (InputStream in = RoundingProbeTest.class.getResourceAsStream("dense.cc")) {
      Files.copy(in, source);
    }
    Path tflm = Workshop.cache().resolve("tflm/tfmicro-0.1.0/submodules/tensorflow");
    Path gemmlowp = tflm.resolve("tensorflow/lite/micro/tools/make/downloads/gemmlowp");
    List<String> argv =
        new ArrayList<>(
            List.of("arm-none-eabi-g++", "-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16"));
    argv.addAll(List.of("-mfloat-abi=hard", "-O2", "-std=c++17", "-fno-rtti", "-fno-exceptions"));
    argv.addAll(List.of("-fno-threadsafe-statics", "-DNDEBUG", "-DTF_LITE_STATIC_MEMORY"));
    argv.addAll(List.of("-isystem", tflm.toString(), "-isystem", gemmlowp.toString()));
    argv.addAll(List.of(defines));
    argv.addAll(List.of("-c", source.toString(), "-o", set.resolve("dense.o").toString()));
    Workshop.builder();
    run(argv);
    String archive = set.resolve("libdense.a").toString();
    run(List.of("arm-none-eabi-ar", "rcs", archive, set.resolve("dense.o").toString()));
    return set;
  }

  private static void run(List<String> argv) throws BenchException {
    CommandResult result = new ExecRunner().run(Command.of(argv));
    assertTrue(result.ok(), result::tail);
  }
}
