package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.FaultReport;
import org.hilbench.device.Identity;
import org.hilbench.device.ModelStatus;
import org.hilbench.device.OpReport;
import org.hilbench.device.Qemu;
import org.hilbench.device.QemuMachine;
import org.hilbench.device.RunOrder;
import org.hilbench.device.Statistics;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images on the simulated machines, over the protocol. */
class ImageOnQemuTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final CommandRunner RUNNER = new ExecRunner();

  @ParameterizedTest
  @CsvSource({
    "mps2-an386, kws_dscnn_int8, 87330910, 34192",
    "mps2-an386, ic_resnet8_int8, 348339802, 61968",
    "mps2-an500, kws_dscnn_int8, 63639006, 34192",
    "mps2-an500, ic_resnet8_int8, 209021799, 61968",
    "mps2-an505, kws_dscnn_int8, 85648423, 34192",
    "mps2-an505, ic_resnet8_int8, 344978243, 61968"
  })
  void aPublishedModelTakesTheKnownInstructionsAndArena(
      String board, String name, double instructions, long arena) throws Exception {
    TfliteModel model = Workshop.mlperf(name);
    FirmwareImage image = image(model, Workshop.board(board), KernelSet.REFERENCE);
    try (Device device = open(image, board)) {
      assertEquals(image.buildId(), device.identity().buildId());
      assertEquals(image.modelSha256().orElseThrow(), device.identity().modelSha256());
      device.input(input(model));
      device.run(RunOrder.timed(0, 2, true, LIMIT));
      Statistics statistics = device.statistics();
      double perTick = device.instructionsPerTick().orElseThrow();
      // A tick is shorter than an instruction and may fall on either side of one.
      long difference = statistics.ticks().get(0) - statistics.ticks().get(1);
      assertTrue(Math.abs(difference) <= 1, "runs differ: " + statistics.ticks());
      assertEquals(instructions, statistics.ticks().get(0) * perTick, instructions * 0.0001);
      assertEquals(arena, statistics.arenaUsed());
      assertEquals(image.ram().arena(), statistics.arenaBytes());
      assertTrue(statistics.stackUsed() > 300 && statistics.stackUsed() < 2000);
      double sum = device.ops().stream().mapToLong(OpReport::ticks).sum() * perTick;
      assertEquals(instructions, sum, instructions * 0.001, "the operators' own times add up");
    }
  }

  @Test
  void theCrcOfEachOperatorIsThatOfItsOutputReadBack() throws Exception {
    TfliteModel model = Workshop.mlperf("kws_dscnn_int8");
    FirmwareImage image = image(model, Workshop.board("mps2-an386"), KernelSet.REFERENCE);
    try (Device device = open(image, "mps2-an386")) {
      device.input(input(model));
      device.run(RunOrder.timed(0, 1, true, LIMIT));
      List<OpReport> ops = device.ops();
      byte[] output = device.output();
      assertEquals(model.operators().size(), ops.size());
      for (int op : List.of(0, 4, ops.size() - 1)) {
        device.run(new RunOrder(0, 0, false, OptionalInt.of(op), LIMIT));
        byte[] read = device.opOutput(op, (int) ops.get(op).outputBytes());
        CRC32 crc = new CRC32();
        crc.update(read);
        assertEquals(ops.get(op).outputCrc(), crc.getValue(), "operator " + op);
        assertEquals(ops.get(op).outputBytes(), read.length);
        assertEquals(model.operators().get(op).builtinCode(), ops.get(op).code());
      }
      assertArrayEquals(output, device.opOutput(ops.size() - 1, output.length));
    }
  }

  @Test
  void anArenaThatIsTooSmallIsToldWithTheRuntimesWords() throws Exception {
    TfliteModel model = Workshop.mlperf("kws_dscnn_int8");
    BoardProfile small = FirmwareBuilderTest.sized(1 << 20, 32 * 1024);
    for (BuildFlags flags : List.of(BuildFlags.DEFAULT, BuildFlags.DEFAULT.withWords())) {
      FirmwareRequest request = new FirmwareRequest(model, small, KernelSet.REFERENCE, flags);
      FirmwareImage image = Workshop.built(Workshop.builder().build(request));
      try (Device device = open(image, "mps2-an386")) {
        Identity identity = device.identity();
        assertEquals(ModelStatus.REFUSED, identity.modelStatus());
        assertEquals(
            flags.words(),
            identity.modelText().contains("Arena size is too small"),
            identity.modelText());
      }
    }
  }

  @Test
  void aKernelOfAnotherArchiveTakesThePlaceOfTheRuntimes(@TempDir Path folder) throws Exception {
    KernelSet kernels = kernels(folder, "output->data.int8[0] = 42;");
    TfliteModel model = Workshop.mlperf("kws_dscnn_int8");
    FirmwareImage image = image(model, Workshop.board("mps2-an386"), kernels);
    try (Device device = open(image, "mps2-an386")) {
      assertEquals("kernels", device.identity().kernels());
      device.input(input(model));
      device.run(RunOrder.once(LIMIT));
      assertEquals(42, device.output()[0]);
    }
  }

  @Test
  void anAccessToNowhereIsToldWithItsPlaceAndAddress(@TempDir Path folder) throws Exception {
    FaultReport fault = fault(folder, "output->data.int8[0] = *(volatile char*)0xa5000000;");
    assertTrue(fault.causes().contains("PRECISERR"), fault.describe());
    assertEquals(0xa5000000L, fault.bfar().orElseThrow());
    assertEquals("run", fault.phase());
    assertTrue(fault.pc() > 0 && fault.pc() < (1 << 20), fault.describe());
  }

  @ParameterizedTest
  @CsvSource({"mps2-an386", "mps2-an500", "mps2-an505", "netduinoplus2"})
  void anOverflowOfTheStackFaultsInsteadOfSpoilingData(String board, @TempDir Path folder)
      throws Exception {
    FaultReport fault =
        fault(folder, "output->data.int8[0] = Deep(output->data.int8, 100000);", board);
    assertEquals("stack overflow", fault.text(), fault.describe());
  }

  @Test
  void anAbortOfTheRuntimeIsTold(@TempDir Path folder) throws Exception {
    FaultReport fault = fault(folder, "abort();");
    assertTrue(fault.causes().contains("UNDEFINSTR"), fault.describe());
  }

  @Test
  void aDeviceThatFaultedIsWellAgainAfterAResetAndRemembers(@TempDir Path folder) throws Exception {
    TfliteModel model = Workshop.mlperf("kws_dscnn_int8");
    KernelSet kernels = kernels(folder, "abort();");
    FirmwareImage image = image(model, Workshop.board("mps2-an386"), kernels);
    try (Device device = open(image, "mps2-an386")) {
      assertTrue(device.lastFault().isEmpty());
      device.input(input(model));
      RunOrder once = RunOrder.once(LIMIT);
      assertThrows(DeviceException.Fault.class, () -> device.run(once));
      assertThrows(DeviceException.Fault.class, () -> device.run(once));
      device.reset();
      assertEquals("warm-up", device.lastFault().orElseThrow().phase());
    }
  }

  private static FaultReport fault(Path folder, String statement) throws Exception {
    return fault(folder, statement, "mps2-an386");
  }

  private static FaultReport fault(Path folder, String statement, String board) throws Exception {
    TfliteModel model = Workshop.mlperf("kws_dscnn_int8");
    BoardProfile profile = Workshop.board(board);
    KernelSet kernels = kernels(folder, statement, profile);
    try (Device device = open(image(model, profile, kernels), board)) {
      device.input(input(model));
      RunOrder one = RunOrder.timed(0, 1, false, LIMIT);
      return assertThrows(DeviceException.Fault.class, () -> device.run(one)).report();
    }
  }

  private static KernelSet kernels(Path folder, String statement) throws Exception {
    return kernels(folder, statement, Workshop.board("mps2-an386"));
  }

  /** A kernel set of a user's own: a SOFTMAX that does this one thing. */
  private static KernelSet kernels(Path folder, String statement, BoardProfile board)
      throws Exception {
    Workshop.builder();
    Path kernels = Files.createDirectories(folder.resolve("kernels"));
    Files.writeString(
        kernels.resolve("softmax.cc"),
        String.format(
            Locale.ROOT,
            """
        #include <cstdlib>
        #include "tensorflow/lite/c/common.h"
        namespace mine {
        __attribute__((noinline)) int Deep(volatile int8_t* from, int levels) {
          volatile int here = from[0];
          return levels == 0 ? here : Deep(from, levels - 1) + here;
        }
        TfLiteStatus Invoke(TfLiteContext* context, TfLiteNode* node) {
          TfLiteTensor* output = &context->tensors[node->outputs->data[0]];
          (void)output;
          %s
          return kTfLiteOk;
        }
        TfLiteRegistration* Softmax() {
          static TfLiteRegistration r = {nullptr, nullptr, nullptr, Invoke};
          return &r;
        }
        }  // namespace mine
        """,
            statement));
    Files.writeString(kernels.resolve("registrations.txt"), "SOFTMAX mine::Softmax 1-2\n");
    TflmSources tflm = TflmSources.require(Workshop.cache());
    List<String> compile = new ArrayList<>(List.of(Toolchain.COMPILER));
    compile.addAll(BuildFlags.DEFAULT.common(board.core()));
    compile.addAll(BuildFlags.DEFAULT.cxxOnly());
    compile.addAll(List.of("-I" + tflm.root(), "-c", "softmax.cc", "-o", "softmax.o"));
    run(kernels, compile);
    run(kernels, List.of("arm-none-eabi-ar", "rcsD", "libmine.a", "softmax.o"));
    return KernelSet.parse(kernels.toString());
  }

  private static void run(Path folder, List<String> argv) throws BenchException {
    CommandResult result = RUNNER.run(Command.of(argv).withDirectory(folder));
    assertTrue(result.ok(), result.tail());
  }

  private static FirmwareImage image(TfliteModel model, BoardProfile board, KernelSet kernels)
      throws BenchException {
    return Workshop.built(Workshop.builder().build(new FirmwareRequest(model, board, kernels)));
  }

  private static Device open(FirmwareImage image, String machine) throws BenchException {
    assumeTrue(RUNNER.find("qemu-system-arm").isPresent(), "absent: qemu-system-arm");
    return new QemuMachine(Qemu.find(RUNNER), machine).open(image.elf());
  }

  private static byte[] input(TfliteModel model) {
    byte[] input = new byte[(int) model.inputTensor().bytes()];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) ((i * 37 + 11) % 256 - 128);
    }
    return input;
  }
}
