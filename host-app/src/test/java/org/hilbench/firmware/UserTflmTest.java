package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Core;
import org.hilbench.exec.ExecRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTflmTest {
  @TempDir Path folder;

  @Test
  void whatIsMissingIsNamedWithWhatToDo() throws IOException {
    UserTflm absent = tflm(folder.resolve("absent"), "lib.a");
    assertRefused(absent, "there is no folder " + folder.resolve("absent"));

    Path root = Files.createDirectory(folder.resolve("tflm"));
    assertRefused(tflm(root, "lib.a"), "micro_interpreter.h; name the folder that holds");
    header(root, "tensorflow/lite/micro/micro_interpreter.h");
    assertRefused(tflm(root, "lib.a"), "older than 2022");
    header(root, "tensorflow/lite/micro/micro_common.h");
    assertRefused(tflm(root, "lib.a"), "flatbuffers.h");
    header(root, "flatbuffers/flatbuffers.h");
    assertRefused(tflm(root, "lib.a"), "archive: there is no file lib.a");
    Path archive = Files.createFile(folder.resolve("lib.a"));
    assertDoesNotThrow(() -> tflm(root, archive.toString()).require());
  }

  @Test
  void anArchiveForEachCoreIsFoundByTheCoresName() throws Exception {
    Path archive =
        Files.createFile(Files.createDirectory(folder.resolve("cortex-m4f")).resolve("l.a"));
    UserTflm tflm = tflm(folder, folder + "/{core}/l.a");
    assertEquals(archive, tflm.archiveFor(Core.CORTEX_M4F));
    BenchException e = assertThrows(BenchException.class, () -> tflm.archiveFor(Core.CORTEX_M7F));
    assertTrue(String.valueOf(e.getMessage()).contains("cortex-m7f/l.a"), e.getMessage());
  }

  /** The declarations of today's API are there, and nothing behind them: all but the link goes. */
  @ParameterizedTest
  @ValueSource(strings = {"external", "hilbench"})
  void anImageForALibraryCompilesAndItsLinkNamesWhatTheLibraryLacks(String kernels)
      throws Exception {
    Workshop.builder();
    Path empty = Files.writeString(folder.resolve("libempty.a"), "!<arch>\n");
    Path declarations = Workshop.templates().resolve("engine/test/current-api");
    FirmwareBuilder builder =
        new FirmwareBuilder(
            new ExecRunner(),
            Workshop.templates(),
            Workshop.cache(),
            Optional.of(tflm(declarations, empty.toString())),
            CompileWatcher.NOBODY);
    KernelSet set = KernelSet.parse(kernels);
    BoardProfile board = Workshop.board("mps2-an386");
    for (ImageRequest request :
        List.of(
            new FirmwareRequest(Workshop.mlperf("kws_dscnn_int8"), board, set),
            new ResidentRequest(board, set))) {
      BenchException e = assertThrows(BenchException.class, () -> builder.build(request));
      assertEquals(BenchException.Kind.USAGE, e.kind(), e.getMessage());
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("is that library built of the headers in include"), message);
      assertTrue(message.contains("undefined reference to `tflite::"), message);
    }
  }

  @Test
  void kernelsGoWithTheRuntimeThatHasThem() {
    Optional<UserTflm> own = Optional.of(tflm(folder, "lib.a"));
    KernelSet.HILBENCH.requireWith(own);
    KernelSet.HILBENCH.requireWith(Optional.empty());
    KernelSet.EXTERNAL.requireWith(own);
    KernelSet.REFERENCE.requireWith(Optional.empty());
    assertRefused(KernelSet.EXTERNAL, Optional.empty(), "--tflm FILE");
    assertRefused(KernelSet.REFERENCE, own, "choose --kernels external");
    assertRefused(KernelSet.parse("./mine"), own, "default runtime");
  }

  @Test
  void kernelObjectsAreToldByTheirSymbols() {
    assertTrue(ArchiveObjects.ofKernel("conv.o", "_ZN6tflite16Register_CONV_2DEv"));
    assertTrue(ArchiveObjects.ofKernel("arm_convolve_s8.o", "arm_convolve_s8"));
    assertTrue(ArchiveObjects.ofKernel("conv_common.cc.o", "_ZN6tflite12ConvParamsEv"));
    assertFalse(
        ArchiveObjects.ofKernel(
            "micro_op_resolver.o", "_ZN6tflite25GetRegistrationFromOpCodeEPKNS_12OperatorCodeE"));
  }

  @Test
  void theOperatorsOfALibraryAreThoseOfTheTable() throws IOException {
    LibraryOps ops = LibraryOps.read(Workshop.templates());
    assertTrue(ops.problem("CONV_2D").isEmpty());
    assertTrue(ops.problem("WHILE").orElseThrow().contains("operators.def"));
  }

  private static UserTflm tflm(Path include, String archive) {
    return new UserTflm(List.of(include), archive, "of a test");
  }

  private static void header(Path root, String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  private static void assertRefused(UserTflm tflm, String words) {
    BenchException e = assertThrows(BenchException.class, tflm::require);
    assertEquals(BenchException.Kind.USAGE, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  private static void assertRefused(KernelSet kernels, Optional<UserTflm> tflm, String words) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> kernels.requireWith(tflm));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }
}
