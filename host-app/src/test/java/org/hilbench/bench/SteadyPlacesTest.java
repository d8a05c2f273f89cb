package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.UsbId;
import org.hilbench.device.Patience;
import org.hilbench.exec.ExecRunner;
import org.hilbench.flash.BoardFlasher;
import org.hilbench.lab.AttachedBoards;
import org.hilbench.lab.Lab;
import org.hilbench.lab.Probe;
import org.hilbench.serial.SysfsTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SteadyPlacesTest {
  private static final Probe PROBE = new Probe(UsbId.parse("0483:374b"), "AAA111");
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path folder;
  private SysfsTree tree;
  private BoardProfile desk;
  private Place.Finder places;

  @BeforeEach
  void prepare() throws Exception {
    tree = new SysfsTree(folder.resolve("root"));
    Files.createFile(folder.resolve("pty"));
    BoardProfiles boards = DeskBoard.profiles(folder);
    desk = boards.find("desk");
    AttachedBoards attached =
        AttachedBoards.of(tree.devices(), boards, Lab.EMPTY.adopting(PROBE, desk));
    places =
        new AttachedPlaces(
            attached,
            new BoardFlasher(new ExecRunner(), attached::probes),
            folder.resolve("locks"),
            Patience.usual(),
            (board, on) -> simulator(board, on));
  }

  private static Place simulator(BoardProfile board, String on) {
    assertTrue(List.of("auto", "qemu").contains(on), on);
    return new Place(
        "qemu mps2-an386",
        board,
        Optional.of("mps2-an386"),
        image -> {
          throw new IllegalStateException("not to be opened");
        });
  }

  @Test
  void aBoardThatIsPluggedInLaterIsLeftAlone() throws Exception {
    SteadyPlaces steady = new SteadyPlaces(places, SHORT, Map.of());
    assertEquals(Map.of("desk", "qemu mps2-an386"), steady.decide(List.of(desk)));
    plug();
    assertEquals("qemu mps2-an386", steady.find(desk, "auto").name());
    SteadyPlaces resumed = new SteadyPlaces(places, SHORT, Map.of("desk", "qemu mps2-an386"));
    assertEquals(Map.of("desk", "qemu mps2-an386"), resumed.decide(List.of(desk)));
    assertEquals("qemu mps2-an386", resumed.find(desk, "auto").name());
  }

  @Test
  void aBoardThatIsUnpluggedIsWaitedForAndNeverSimulated() throws Exception {
    plug();
    SteadyPlaces steady = new SteadyPlaces(places, Duration.ofMinutes(1), Map.of());
    assertEquals(Map.of("desk", "board"), steady.decide(List.of(desk)));
    tree.unplug("1-2", "ttyACM0");
    Thread back = new Thread(this::plugAfterAMoment);
    back.start();
    assertEquals("serial:" + tree.dev().resolve("ttyACM0"), steady.find(desk, "auto").name());
    back.join();
  }

  @Test
  void aBoardThatStaysAwayEndsTheSearchWithWords() throws Exception {
    plug();
    SteadyPlaces steady = new SteadyPlaces(places, SHORT, Map.of());
    assertTrue(steady.find(desk, "auto").onABoard());
    tree.unplug("1-2", "ttyACM0");
    BenchException told = assertThrows(BenchException.class, () -> steady.find(desk, "auto"));
    assertEquals(BenchException.Kind.ENVIRONMENT, told.kind());
    assertTrue(
        told.getMessage().contains("desk was measured on the board itself"), told.getMessage());
    assertTrue(told.getMessage().contains("what was measured is kept"), told.getMessage());
  }

  @Test
  void aSearchThatGoesOnWithoutItsBoardIsRefusedAtOnce() {
    SteadyPlaces resumed = new SteadyPlaces(places, Duration.ofMinutes(1), Map.of("desk", "board"));
    BenchException told = assertThrows(BenchException.class, () -> resumed.decide(List.of(desk)));
    assertEquals(
        "desk was measured on the board itself in this search, and no adopted one is plugged in"
            + " now; plug it in (hilbench boards shows what is there) and go on with --resume, or"
            + " begin another search in another --out",
        told.getMessage());
  }

  @Test
  void aSearchThatGoesOnOnAnotherMachineIsRefused() {
    SteadyPlaces resumed = new SteadyPlaces(places, SHORT, Map.of("desk", "qemu mps2-an500"));
    BenchException told = assertThrows(BenchException.class, () -> resumed.decide(List.of(desk)));
    assertTrue(
        told.getMessage().startsWith("desk was measured on qemu mps2-an500 in this search, and"),
        told.getMessage());
  }

  @Test
  void aWaitIsInterrupted() throws Exception {
    plug();
    SteadyPlaces steady = new SteadyPlaces(places, Duration.ofMinutes(1), Map.of());
    steady.decide(List.of(desk));
    tree.unplug("1-2", "ttyACM0");
    Thread.currentThread().interrupt();
    BenchException told = assertThrows(BenchException.class, () -> steady.find(desk, "auto"));
    assertTrue(Thread.interrupted());
    assertTrue(told.getMessage().startsWith("interrupted"), told.getMessage());
  }

  private void plug() throws IOException {
    tree.plug("1-2", "AAA111", "ttyACM0", folder.resolve("pty"));
  }

  private void plugAfterAMoment() {
    try {
      Thread.sleep(400);
      plug();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
