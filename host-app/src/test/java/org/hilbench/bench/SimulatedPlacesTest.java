package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.ShippedBoards;
import org.hilbench.exec.ExecRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which simulator a word means. */
final class SimulatedPlacesTest {
  @TempDir private Path folder;

  @Test
  void onRenodeABoardRunsItsOwnImage() throws Exception {
    BoardProfiles boards = BoardProfiles.load(ShippedBoards.directory());
    BoardProfile board = boards.find("nucleo-f446re");
    Place place = places(boards, renode()).find(board, "renode");
    assertEquals("renode platforms/cpus/stm32f4.repl", place.name());
    assertSame(board, place.links());
    assertTrue(place.standIn().isEmpty() && !place.onABoard());
  }

  @Test
  void autoIsRenodeOnlyWhereTheProfileHasNothingElse() throws Exception {
    String yaml =
        Files.readString(ShippedBoards.directory().resolve("nrf52840dk").resolve("board.yaml"));
    Path copy = Files.createDirectories(folder.resolve("boards").resolve("nrf52840dk"));
    Files.writeString(
        copy.resolve("board.yaml"), yaml.replaceAll("(?m)^ +- \\{engine: qemu.*\\R", ""));
    BoardProfiles boards = BoardProfiles.load(folder.resolve("boards"));
    Place place = places(boards, renode()).find(boards.find("nrf52840dk"), "auto");
    assertEquals("renode platforms/cpus/nrf52840.repl", place.name());
  }

  @Test
  void aBoardThatRenodeLacksAndAWordThatMeansNothingAreRefused() throws Exception {
    BoardProfiles boards = BoardProfiles.load(ShippedBoards.directory());
    Place.Finder places = places(boards, renode());
    for (String[] asked :
        new String[][] {
          {"mps2-an386", "renode", "has no Renode platform"},
          {"mps2-an386", "qmeu", "known here: auto, qemu, renode"}
        }) {
      BenchException told =
          assertThrows(BenchException.class, () -> places.find(boards.find(asked[0]), asked[1]));
      assertEquals(BenchException.Kind.USAGE, told.kind());
      assertTrue(told.getMessage().contains(asked[2]), told::getMessage);
    }
  }

  private static Place.Finder places(BoardProfiles boards, Path renode) {
    return new SimulatedPlaces(boards, new ExecRunner(), Map.of("RENODE", renode.toString()));
  }

  private Path renode() throws Exception {
    Path file = folder.resolve("renode");
    Files.writeString(file, "#!/bin/sh\necho 'Renode v1.16.1.12345'\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }
}
