package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.Simulator;
import org.hilbench.oracle.RandomNetworks;
import org.hilbench.testkit.SharedData;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shipped profile, loaded, validated, built and linked: with the board's own start-up and
 * true memories, and once more as its stand-in runs it.
 */
class BoardImagesTest {
  private static final Path PROFILES = SharedData.repository().resolve("board-profiles");

  /** Slowest of the rates that a host tries, and the firmware's where its clock is too slow. */
  private static final int LAST_BAUD = 115_200;

  @TempDir Path folder;

  static List<String> boards() throws BenchException {
    return List.copyOf(BoardProfiles.load(PROFILES).ids());
  }

  @ParameterizedTest
  @MethodSource("boards")
  void anImageOfItsOwnLinksAndFits(String id) throws Exception {
    BoardProfile board = Workshop.board(id);
    FirmwareImage image = Workshop.built(build(board));
    assertTrue(image.flash().total() < board.codeMemory().size(), image.toString());
    assertTrue(image.flash().startup() > 500, "start-up of " + image.flash().startup() + " bytes");
    long placed = image.ram().arena() + image.ram().stack();
    long ram = board.arenaMemory().size() + board.dataMemory().size();
    assertTrue(placed > 8 * 1024 && placed < ram, image.toString());
    ElfFile elf = ElfFile.parse(Files.readAllBytes(image.elf()));
    assertEquals(board.codeMemory().origin(), elf.symbol("__vectors").orElseThrow());
    assertEquals(board.dataMemory().origin(), elf.symbol("__stack_guard").orElseThrow());
    List<Integer> bauds = board.uart().bauds();
    assertEquals(LAST_BAUD, bauds.get(bauds.size() - 1), "the last rate of " + id);
  }

  @ParameterizedTest
  @MethodSource("boards")
  void itsFirstSimulatorLinksTheSameModelWithItsMemorySizes(String id) throws Exception {
    BoardProfiles profiles = BoardProfiles.load(PROFILES);
    BoardProfile board = profiles.find(id);
    Simulator simulator = board.simulators().get(0);
    BoardProfile runs = profiles.runnable(board, simulator);
    FirmwareImage own = Workshop.built(build(board));
    FirmwareImage ran = Workshop.built(build(runs));
    assertEquals(board.arenaMemory().size(), runs.arenaMemory().size());
    assertEquals(own.modelSha256(), ran.modelSha256());
    assertEquals(own.flash().model(), ran.flash().model());
    assertEquals(own.flash().kernels(), ran.flash().kernels());
    assertEquals(simulator.standIn(), !own.sha256().equals(ran.sha256()), id);
  }

  @Test
  void theSameBoardWithLittleRamIsRejectedWithRegionAndBytes() throws Exception {
    String yaml = Files.readString(PROFILES.resolve("nucleo-l4r5zi/board.yaml"));
    Path copy = Files.createDirectories(folder.resolve("nucleo-l4r5zi"));
    Files.writeString(
        copy.resolve("board.yaml"),
        yaml.replace("size: 640 KiB", "size: 8 KiB").replace(", board: mps2-an386}", "}"));
    BoardProfile board = BoardProfiles.load(folder).find("nucleo-l4r5zi");
    BuildOutcome.DoesNotFit refused = assertInstanceOf(BuildOutcome.DoesNotFit.class, build(board));
    assertEquals("SRAM", refused.region());
    assertEquals(8 * 1024, refused.regionBytes());
    assertTrue(refused.overflowBytes() > 0, refused.toString());
  }

  private static BuildOutcome build(BoardProfile board) throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    byte[] file =
        TfliteWriter.write(RandomNetworks.quantized(RandomNetworks.ofTheSpace(random), random));
    TfliteModel model = TfliteModel.parse(file);
    return Workshop.builder().build(new FirmwareRequest(model, board, KernelSet.REFERENCE));
  }
}
