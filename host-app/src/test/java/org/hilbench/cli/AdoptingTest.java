package org.hilbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hilbench.BenchException;
import org.hilbench.board.BoardProfiles;
import org.hilbench.board.ShippedBoards;
import org.hilbench.desk.BoardRows;
import org.hilbench.desk.Desk;
import org.hilbench.desk.Home;
import org.hilbench.exec.ExecRunner;
import org.hilbench.lab.LabFile;
import org.hilbench.serial.SysfsTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptingTest {
  private static final String NUCLEO = "nucleo-l4r5zi";

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final List<String> asked = new ArrayList<>();
  private SysfsTree tree;
  private LabFile file;
  private BoardProfiles boards;

  @BeforeEach
  void plugTwoEqualProbes() throws Exception {
    tree = new SysfsTree(folder.resolve("root"));
    file = new LabFile(folder.resolve("lab.yaml"));
    boards = BoardProfiles.load(ShippedBoards.directory());
    tree.plug("1-2", "AAA111", "ttyACM0", Files.createFile(folder.resolve("pty0")));
    tree.plug("1-3", "BBB222", "ttyACM1", Files.createFile(folder.resolve("pty1")));
  }

  @Test
  void withoutATerminalABoardIsLeftAloneAndThatIsSaid() throws BenchException {
    adopting(nobody()).beforeUse(List.of(NUCLEO));
    assertFalse(Files.exists(file.path()), "nothing was adopted");
    String words = said.toString(StandardCharsets.UTF_8);
    assertTrue(words.contains("0483:374b AAA111 STM32 STLink at"), words);
    assertTrue(
        words.contains(
            "was not adopted and is left alone; to measure on it: hilbench boards --adopt"
                + " AAA111=nucleo-l4r5zi"),
        words);
  }

  @Test
  void atATerminalOnlyAYesAdopts() throws BenchException {
    adopting(answers("", "yes")).beforeUse(List.of(NUCLEO));
    assertEquals(2, asked.size(), asked.toString());
    assertTrue(asked.get(0).contains("AAA111"), asked.get(0));
    assertEquals(1, file.read().boards().size());
    assertEquals("BBB222", file.read().boards().get(0).probe());
    assertEquals(NUCLEO, file.read().boards().get(0).board());
  }

  @Test
  void anAdoptedBoardIsNotAskedAboutAgain() throws BenchException {
    adopting(nobody()).stated("AAA111=" + NUCLEO);
    adopting(nobody()).stated("BBB222=nucleo-f446re");
    adopting(answers()).beforeUse(List.of(NUCLEO, "nucleo-f446re"));
    assertEquals(List.of(), asked);
  }

  @Test
  void aBoardThatIsOnlySimulatedIsNoReasonToAsk() throws BenchException {
    adopting(answers()).beforeUse(List.of("mps2-an386"));
    assertEquals(List.of(), asked);
    assertEquals("", said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aProbeThatManyBoardsCarryIsNotGuessed() throws BenchException {
    adopting(answers("nucleo-f446re", "unheard-of")).all();
    assertEquals(1, file.read().boards().size());
    assertEquals("nucleo-f446re", file.read().boards().get(0).board());
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("it is left alone"));
  }

  @Test
  void aProbeThatIsNotThereIsToldWithThoseThatAre() {
    BenchException told =
        assertThrows(BenchException.class, () -> adopting(nobody()).stated("CCC=" + NUCLEO));
    assertEquals(BenchException.Kind.USAGE, told.kind());
    assertTrue(told.getMessage().contains("attached: [AAA111 (0483:374b), BBB222"), told::toString);
  }

  @Test
  void theListShowsProbePortAndWhetherItIsAdopted() throws BenchException {
    adopting(nobody()).stated("AAA111=" + NUCLEO);
    Home home = new Home(ShippedBoards.directory().resolveSibling("."), folder);
    BoardRows rows = BoardRows.of(home, boards, desk(), new ExecRunner(), Map.of());
    assertEquals(2, rows.attached().size());
    BoardRows.Attached first = rows.attached().get(0);
    assertEquals(Optional.of(NUCLEO), first.board());
    assertEquals(Optional.of(tree.dev().resolve("ttyACM0").toString()), first.port());
    assertTrue(first.adopted());
    BoardRows.Attached second = rows.attached().get(1);
    assertEquals(Optional.empty(), second.board());
    assertTrue(second.mayBe().contains(NUCLEO) && second.mayBe().size() > 1);
    assertFalse(second.adopted());
    assertTrue(rows.lines().get(2).contains("no, left alone"), rows.lines().get(2));
  }

  private Adopting adopting(Questions questions) throws BenchException {
    return new Adopting(
        desk(),
        boards,
        questions,
        PrintableStream.over(new PrintStream(said, true, StandardCharsets.UTF_8)));
  }

  private Desk desk() throws BenchException {
    return Desk.read(file, tree.devices(), boards);
  }

  private static Questions nobody() {
    return question -> Optional.empty();
  }

  private Questions answers(String... answers) {
    return question -> {
      asked.add(question);
      return Optional.of(answers[asked.size() - 1]);
    };
  }
}
