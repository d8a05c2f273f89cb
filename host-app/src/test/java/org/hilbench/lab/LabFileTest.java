package org.hilbench.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.ShippedBoards;
import org.hilbench.board.UsbId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabFileTest {
  private static final UsbId ST_LINK = UsbId.parse("0483:374b");
  private static final Probe ONE = new Probe(ST_LINK, "AAA111");
  private static final Probe TWO = new Probe(ST_LINK, "BBB222");

  @TempDir Path folder;
  private LabFile file;
  private BoardProfile nucleo;
  private BoardProfile discovery;

  @BeforeEach
  void prepare() throws BenchException {
    file = new LabFile(folder.resolve("lab.yaml"));
    BoardProfiles boards = BoardProfiles.load(ShippedBoards.directory());
    nucleo = boards.find("nucleo-l4r5zi");
    discovery = boards.find("stm32f4-discovery");
  }

  @Test
  void withoutAFileNothingIsAdopted() throws BenchException {
    assertEquals(Lab.EMPTY, file.read());
  }

  @Test
  void aFileThatSaysNothingIsAnEmptyDesk() throws Exception {
    for (String nothing : List.of("", "\n\n", "# boards:\n#  - {board: none}\n", "---\n")) {
      Files.writeString(file.path(), nothing);
      assertEquals(Lab.EMPTY, file.read(), nothing);
    }
    Lab written = file.change(lab -> lab.adopting(ONE, nucleo));
    assertEquals(written, file.read());
  }

  @Test
  void whatIsWrittenIsReadAndNoOtherFileIsLeft() throws Exception {
    Lab written = file.change(lab -> lab.adopting(ONE, nucleo).adopting(TWO, discovery));
    assertEquals(written, file.read());
    assertTrue(written.adopted(ONE, nucleo).isPresent());
    assertTrue(written.adopted(ONE, discovery).isEmpty(), "bound to one board only");
    assertEquals("nucleo-l4r5zi", file.read().adoption(ONE).orElseThrow().board());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(".lab.yaml.lock", "lab.yaml"),
          files.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void adoptingAgainReplacesTheBinding() throws BenchException {
    file.change(lab -> lab.adopting(ONE, nucleo));
    Lab after = file.change(lab -> lab.adopting(ONE, discovery));
    assertEquals(1, after.boards().size());
    assertTrue(after.adopted(ONE, nucleo).isEmpty());
    assertTrue(after.adopted(ONE, discovery).isPresent());
  }

  @Test
  void aMeterIsKeptWhenABoardIsAdopted() throws Exception {
    Files.writeString(
        file.path(),
        "meters:\n  - {kind: ppk2, port: /dev/ttyACM3, probe: AAA111, supplyMillivolts: 3000}\n");
    Lab lab = file.change(now -> now.adopting(ONE, nucleo));
    MeterEntry meter = lab.meterOf(ONE).orElseThrow();
    assertEquals(MeterEntry.Kind.PPK2, meter.kind());
    assertEquals(Optional.of(3000), meter.supplyMillivolts());
    assertEquals(lab, file.read());
    assertTrue(lab.meterOf(TWO).isEmpty(), "it is wired to another board");
  }

  @Test
  void whatIsWrongInTheFileIsNamed() throws Exception {
    refused("bords: []\n", "lab.yaml: bords is unknown; known: boards, meters");
    refused(
        "boards:\n  - {board: a, usb: '0483:374b', probe: X, serial: 1}\n",
        "boards[0].serial is unknown; known: board, probe, serialInterface, usb");
    refused("boards:\n  - {board: a, usb: '0483:374b'}\n", "boards[0].probe is missing");
    refused("boards:\n  - {board: a, usb: '0483', probe: X}\n", "USB id '0483' is not VID:PID");
    refused(
        "meters:\n  - {kind: ammeter, port: /dev/x}\n",
        "meters[0].kind 'ammeter' is unknown; known: ina, lpm01a, otii, ppk2");
    String twice = "  - {board: a, usb: '0483:374b', probe: X}\n";
    refused("boards:\n" + twice + twice, "probe X stands in two entries");
  }

  @Test
  void aFileThatIsWrongIsNotOverwritten() throws Exception {
    Files.writeString(file.path(), "bords: []\n");
    assertThrows(BenchException.class, () -> file.change(lab -> lab.adopting(ONE, nucleo)));
    assertEquals("bords: []\n", Files.readString(file.path()));
  }

  @Test
  void theEnvironmentNamesAnotherFile() {
    assertEquals(folder.resolve("lab.yaml"), LabFile.locate(folder, Map.of()).path());
    assertEquals(
        Path.of("/etc/rack.yaml"),
        LabFile.locate(folder, Map.of(LabFile.FILE_VARIABLE, "/etc/rack.yaml")).path());
  }

  @Test
  void oneProbeIsUsedOnceAtATime() throws BenchException {
    try (ProbeLock held = ProbeLock.take(folder, ONE).orElseThrow()) {
      assertTrue(ProbeLock.take(folder, ONE).isEmpty(), "in use by " + held);
      ProbeLock.take(folder, TWO).orElseThrow().close();
    }
    ProbeLock.take(folder, ONE).orElseThrow().close();
  }

  @Test
  void aRefusalInThisProcessLeavesOtherProcessesOut() throws Exception {
    try (ProbeLock held = ProbeLock.take(folder, ONE).orElseThrow()) {
      assertTrue(ProbeLock.take(folder, ONE).isEmpty(), held::toString);
      assertEquals("in use", takenElsewhere());
    }
    assertEquals("taken", takenElsewhere());
  }

  private String takenElsewhere() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Says whether it gets the first probe. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) throws BenchException {
      System.out.println(
          ProbeLock.take(Path.of(args[0]), ONE).map(lock -> "taken").orElse("in use"));
    }
  }

  private void refused(String yaml, String words) throws Exception {
    Files.writeString(file.path(), yaml);
    BenchException told = assertThrows(BenchException.class, file::read);
    assertEquals(BenchException.Kind.USAGE, told.kind());
    assertTrue(told.getMessage().contains(words), told::getMessage);
  }
}
