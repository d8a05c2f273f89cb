package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.Memory;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.ExecRunner;
import org.hilbench.exec.RunningCommand;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareBuilderTest {
  private static final String KWS = "kws_dscnn_int8";

  @ParameterizedTest
  @CsvSource({
    "mps2-an386, kws_dscnn_int8", "mps2-an500, kws_dscnn_int8", "mps2-an505, kws_dscnn_int8",
    "mps2-an386, ic_resnet8_int8", "mps2-an500, ic_resnet8_int8", "mps2-an505, ic_resnet8_int8"
  })
  void theImageOfAPublishedModelIsToldApartByPart(String board, String name) throws Exception {
    TfliteModel model = Workshop.mlperf(name);
    FirmwareImage image = build(model, Workshop.board(board));
    FlashUse flash = image.flash();
    assertEquals(model.size(), flash.model());
    assertTrue(flash.kernels() > 10_000 && flash.kernels() < 40_000, flash.toString());
    assertTrue(flash.runtime() > 8_000 && flash.runtime() < 16_000, flash.toString());
    assertTrue(flash.startup() > 400 && flash.startup() < 2_000, flash.toString());
    assertEquals(loadedBytes(image.elf()), flash.total());
    StaticRam ram = image.ram();
    BoardProfile profile = Workshop.board(board);
    long parts = ram.data() + ram.bss() + ram.arena() + ram.stack() + ram.benchBuffers();
    assertTrue(
        Math.abs(profile.dataMemory().size() - parts) < 64,
        parts + " of " + profile.dataMemory().size());
    assertTrue(ram.data() + ram.bss() < 2_000, ram.toString());
    assertTrue(ram.benchBuffers() > model.inputTensor().bytes(), ram.toString());
    assertTrue(image.toolchain().startsWith("arm-none-eabi-g++"), image.toolchain());
  }

  @Test
  void anImageHoldsOnlyTheOperatorsOfItsModel() throws Exception {
    String symbols =
        run(
            "arm-none-eabi-nm",
            build(Workshop.mlperf(KWS), Workshop.board("mps2-an386")).elf().toString());
    assertTrue(symbols.contains("Register_DEPTHWISE_CONV_2D"));
    assertFalse(symbols.contains("Register_CONCATENATION"));
    assertFalse(symbols.contains("Register_MAX_POOL_2D"));
  }

  @Test
  void aModelTooBigForTheBoardDoesNotFitByRegionAndBytes() throws Exception {
    FirmwareBuilder builder = Workshop.builder();
    TfliteModel model = Workshop.mlperf(KWS);
    BuildOutcome flash = builder.build(request(model, sized(64 * 1024, 64 * 1024)));
    FirmwareImage big = build(model, Workshop.board("mps2-an386"));
    BuildOutcome.DoesNotFit tooBig = (BuildOutcome.DoesNotFit) flash;
    assertEquals("FLASH", tooBig.region());
    assertEquals(64 * 1024, tooBig.regionBytes());
    // the linker counts the gaps that alignment leaves between sections, the parts do not
    assertNear(big.flash().total() - 64 * 1024, tooBig.overflowBytes(), 96);

    BuildOutcome.DoesNotFit ram =
        (BuildOutcome.DoesNotFit) builder.build(request(model, sized(1 << 20, 8 * 1024)));
    assertEquals("RAM", ram.region());
    assertTrue(ram.overflowBytes() > 0 && ram.overflowBytes() < 8 * 1024, ram.toString());
  }

  @Test
  void theArenaTakesWhatTheBoardsRamLeaves() throws Exception {
    FirmwareImage image = build(Workshop.mlperf(KWS), sized(1 << 20, 96 * 1024));
    StaticRam ram = image.ram();
    long others = ram.data() + ram.bss() + ram.stack() + ram.benchBuffers();
    assertNear(96 * 1024 - others, ram.arena(), 64);
  }

  @Test
  void theSameInputsGiveTheSameBytesWhereverTheCheckoutLies(@TempDir Path elsewhere)
      throws Exception {
    FirmwareImage here = build(Workshop.mlperf(KWS), Workshop.board("mps2-an386"));
    Path templates = elsewhere.resolve("another checkout/firmware-templates");
    copyTree(Workshop.templates(), templates);
    Path cache = elsewhere.resolve("cache");
    FirmwareBuilder there = new FirmwareBuilder(new ExecRunner(), templates, cache);
    List<Path> shared = shareSourcesAndRuntimes(cache);
    FirmwareImage again =
        Workshop.built(there.build(request(Workshop.mlperf(KWS), Workshop.board("mps2-an386"))));
    for (Path link : shared) {
      Files.delete(link);
    }
    assertEquals(here.buildId(), again.buildId());
    assertNotEquals(here.elf(), again.elf());
    assertArrayEquals(Files.readAllBytes(here.elf()), Files.readAllBytes(again.elf()));
    String text = new String(Files.readAllBytes(again.elf()), StandardCharsets.ISO_8859_1);
    assertFalse(text.contains(elsewhere.toString()), "the image holds a path");
    assertFalse(text.contains("/tflm/"), "the image holds a path of the runtime's sources");
  }

  @Test
  void anotherFlagOrFileNamesAnotherRuntime(@TempDir Path elsewhere) throws Exception {
    TfliteModel model = Workshop.mlperf(KWS);
    BoardProfile board = Workshop.board("mps2-an386");
    Path templates = elsewhere.resolve("firmware-templates");
    copyTree(Workshop.templates(), templates);
    Archives archives = archives(templates);
    FirmwareRequest plain = request(model, board);
    FirmwareRequest small =
        new FirmwareRequest(
            model, board, KernelSet.REFERENCE, new BuildFlags(List.of("-Os"), false));
    String key = archives.runtimeKey(plain);
    assertEquals(key, archives(Workshop.templates()).runtimeKey(plain));
    assertNotEquals(key, archives.runtimeKey(small));
    assertNotEquals(key, archives.runtimeKey(request(model, Workshop.board("mps2-an500"))));
    Files.writeString(
        templates.resolve("server/main.cc"), "// another server\n", StandardCharsets.UTF_8);
    assertEquals(key, archives.runtimeKey(plain), "the server is no part of the runtime");
    Files.writeString(templates.resolve("runtime/CMakeLists.txt"), "# another runtime\n");
    assertNotEquals(key, archives.runtimeKey(plain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"arm-none-eabi-g++", "cmake", "ninja"})
  void aMissingProgramIsNamedWithWhatMendsIt(String program, @TempDir Path cache) throws Exception {
    FirmwareBuilder builder =
        new FirmwareBuilder(new Without(program), Workshop.templates(), cache);
    FirmwareRequest request = request(Workshop.mlperf(KWS), Workshop.board("mps2-an386"));
    BenchException e = assertThrows(BenchException.class, () -> builder.build(request));
    assertEquals(BenchException.Kind.ENVIRONMENT, e.kind());
    assertTrue(e.getMessage().startsWith(program + " is not on the PATH"), e.getMessage());
    assertTrue(e.getMessage().contains("sudo apt-get install "), e.getMessage());
  }

  @Test
  void missingSourcesOfTheRuntimeAreNamedWithTheCommandThatFetchesThem(@TempDir Path cache)
      throws Exception {
    Workshop.builder();
    FirmwareBuilder builder = new FirmwareBuilder(new ExecRunner(), Workshop.templates(), cache);
    FirmwareRequest request = request(Workshop.mlperf(KWS), Workshop.board("mps2-an386"));
    BenchException e = assertThrows(BenchException.class, () -> builder.build(request));
    assertEquals(BenchException.Kind.ENVIRONMENT, e.kind());
    assertTrue(e.getMessage().endsWith("Run: scripts/fetch-tflm"), e.getMessage());
  }

  @Test
  void aFolderWithoutKernelsIsRefused(@TempDir Path empty) throws Exception {
    KernelSet absent = KernelSet.parse(empty.resolve("my-kernels").toString());
    FirmwareRequest request =
        new FirmwareRequest(Workshop.mlperf(KWS), Workshop.board("mps2-an386"), absent);
    BenchException e = assertThrows(BenchException.class, () -> Workshop.builder().build(request));
    assertEquals(BenchException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains("registrations.txt cannot be read"), e.getMessage());
  }

  private static void assertNear(long expected, long actual, long slack) {
    assertTrue(Math.abs(expected - actual) <= slack, actual + " is not near " + expected);
  }

  private static FirmwareImage build(TfliteModel model, BoardProfile board) throws BenchException {
    return Workshop.built(Workshop.builder().build(request(model, board)));
  }

  private static FirmwareRequest request(TfliteModel model, BoardProfile board) {
    return new FirmwareRequest(model, board, KernelSet.REFERENCE);
  }

  /** The M4 machine with less memory. */
  static BoardProfile sized(long flash, long ram) throws BenchException {
    BoardProfile b = Workshop.board("mps2-an386");
    List<Memory> memories =
        List.of(
            new Memory("FLASH", Memory.Role.FLASH, 0, flash, false),
            new Memory("RAM", Memory.Role.RAM, 0x20000000L, ram, true));
    return new BoardProfile(
        b.id(),
        b.name(),
        b.part(),
        b.core(),
        b.target(),
        memories,
        b.operatingPoints(),
        b.uart(),
        b.timeSource(),
        b.usb(),
        b.trigger(),
        b.flash(),
        b.simulators(),
        b.cycleModel(),
        b.sources());
  }

  private static Archives archives(Path templates) throws BenchException {
    return new Archives(
        new ExecRunner(),
        templates,
        new ArchiveCache(Workshop.cache().resolve("archives"), CompileWatcher.NOBODY),
        Toolchain.require(new ExecRunner()),
        new TflmSources(Path.of("tflm"), "crate"));
  }

  /** Bytes that the ELF's program headers put into flash, by binutils' own reading. */
  private static long loadedBytes(Path elf) throws BenchException {
    long bytes = 0;
    for (String line : run("arm-none-eabi-objdump", "-h", elf.toString()).split("\n")) {
      String[] words = line.strip().split("\\s+");
      boolean section = words.length == 7 && words[0].matches("\\d+");
      boolean zeroed = List.of(".stack", ".bss", ".arena").contains(section ? words[1] : "");
      boolean described = section && (words[1].startsWith(".comment") || words[1].contains("attr"));
      if (section && !zeroed && !described && !words[1].matches("\\.bench_(bss|noinit)")) {
        bytes += Long.parseLong(words[2], 16);
      }
    }
    return bytes;
  }

  private static String run(String... argv) throws BenchException {
    CommandResult result = new ExecRunner().run(Command.of(argv));
    assertTrue(result.ok(), result.tail());
    return result.stdout();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Path copy = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
  }

  /** The runtime takes a minute of a slow machine; it is built once for all tests. */
  private static List<Path> shareSourcesAndRuntimes(Path cache) throws IOException {
    Path archives = Files.createDirectories(cache.resolve("archives"));
    List<Path> links = new ArrayList<>();
    links.add(Files.createSymbolicLink(cache.resolve("tflm"), Workshop.cache().resolve("tflm")));
    try (Stream<Path> known = Files.list(Workshop.cache().resolve("archives"))) {
      for (Path folder : known.filter(Files::isDirectory).toList()) {
        String name = String.valueOf(folder.getFileName());
        if (name.startsWith("runtime-")) {
          links.add(Files.createSymbolicLink(archives.resolve(name), folder));
        }
      }
    }
    return links;
  }

  /** The real runner on a machine that lacks one program. */
  private record Without(String program) implements CommandRunner {
    private static final CommandRunner REAL = new ExecRunner();

    @Override
    public CommandResult run(Command command) throws BenchException {
      return REAL.run(command);
    }

    @Override
    public RunningCommand start(Command command) throws BenchException {
      return REAL.start(command);
    }

    @Override
    public Optional<Path> find(String wanted) {
      return wanted.equals(program) ? Optional.empty() : REAL.find(wanted);
    }
  }
}
