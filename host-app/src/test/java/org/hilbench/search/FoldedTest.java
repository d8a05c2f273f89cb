package org.hilbench.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldedTest {
  private final List<Integer> added = new ArrayList<>();
  private final Folded<Integer, List<Integer>> folded =
      new Folded<>(
          ArrayList::new,
          (state, item) -> {
            added.add(item);
            state.add(item);
          });

  /** At 1,000 trials an ask costs one step, not 1,000. */
  @Test
  void aListThatGoesOnCostsOnlyWhatIsNew() {
    for (int size = 0; size <= 1_000; size++) {
      List<Integer> all = IntStream.range(0, size).boxed().toList();
      assertEquals(all, folded.of(all));
    }
    assertEquals(1_000, added.size());
  }

  @Test
  void whateverWasFoldedBeforeTheStateIsThatOfTheList() {
    for (List<Integer> list :
        List.of(List.of(1, 2, 3), List.of(1, 2), List.of(1, 7, 3, 4), List.<Integer>of())) {
      assertEquals(list, folded.of(list));
    }
    assertEquals(List.of(1, 2, 3, 1, 2, 1, 7, 3, 4), added);
  }
}
