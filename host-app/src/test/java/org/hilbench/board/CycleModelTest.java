package org.hilbench.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.hilbench.testkit.SharedData;
import org.junit.jupiter.api.Test;

class CycleModelTest {
  private static final CycleFactor COUNTED = new CycleFactor(1.8, 0.25, "counted");

  @Test
  void theFactorBelongsToTheKernels() {
    CycleModel model =
        new CycleModel(
            1.5,
            0.4,
            "fitted",
            Optional.of(new KernelCycles(Optional.of(COUNTED), Optional.empty())));
    assertEquals(COUNTED, model.with("hilbench"));
    assertEquals(1_800, model.with("hilbench").cycles(1_000));
    for (String other : new String[] {"reference", "external", "my-kernels", ""}) {
      assertEquals(model.otherwise(), model.with(other), other);
    }
  }

  /** Ours take fewer instructions and more cycles each than any that was fitted. */
  @Test
  void everyShippedBoardKnowsOurKernelsAndIsLessSureOfOthers() throws Exception {
    for (BoardProfile board :
        BoardProfiles.load(SharedData.repository().resolve("board-profiles")).all()) {
      CycleFactor ours = board.cycleModel().with("hilbench");
      CycleFactor others = board.cycleModel().with("external");
      assertNotEquals(others, ours, board::id);
      double ratio = ours.cyclesPerInstruction() / others.cyclesPerInstruction();
      assertTrue(ratio >= 1.07 && ratio <= 1.33, board.id() + " " + ratio);
      assertTrue(others.relativeError() > ours.relativeError(), board::id);
    }
  }
}
