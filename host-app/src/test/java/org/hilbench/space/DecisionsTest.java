package org.hilbench.space;

import static org.hilbench.space.Decision.categorical;
import static org.hilbench.space.Decision.ordinal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hilbench.space.Decision.Condition;
import org.junit.jupiter.api.Test;

class DecisionsTest {
  private static final Decision KIND = categorical("kind", List.of("plain", "wide"));
  private static final Decision FACTOR =
      ordinal("factor", List.of(2, 3, 4, 6), when("kind", "wide"));
  private static final Decisions BOTH = new Decisions(List.of(KIND, FACTOR));

  private static Condition when(String decision, String... options) {
    return new Condition(decision, Set.of(options));
  }

  @Test
  void onlyActiveDecisionsAreTaken() {
    assertEquals(Map.of("kind", "plain"), take("plain", "2").byDecision());
    assertEquals(Map.of("kind", "wide", "factor", "3"), take("wide", "3").byDecision());
  }

  private static Choices take(String kind, String factor) {
    return BOTH.take(decision -> decision.equals(KIND) ? kind : factor);
  }

  @Test
  void anAnswerThatIsNoOptionIsRefused() {
    var refused = assertThrows(IllegalArgumentException.class, () -> take("wide", "5"));
    assertEquals("no choices of this space: factor is 5", refused.getMessage());
  }

  @Test
  void aDecisionOfOneOptionIsNoneAndWhatDependsOnItIsSettled() {
    Decision always = ordinal("factor", List.of(2, 3), when("kind", "wide"));
    Decision never = ordinal("cut", List.of(2, 3), when("kind"));
    Decision behindNever = ordinal("depth", List.of(2, 3), when("cut", "2", "3"));
    Decisions settled =
        new Decisions(List.of(categorical("kind", List.of("wide")), always, never, behindNever));
    assertEquals(List.of(ordinal("factor", List.of(2, 3))), settled.sequence());
  }

  @Test
  void aConditionThatIsSettledLeavesWhatItDependedOn() {
    Decision fixed = ordinal("factor", List.of(2), when("kind", "wide"));
    Decision behind = ordinal("depth", List.of(1, 2), when("factor", "2"));
    Decision left = ordinal("depth", List.of(1, 2), when("kind", "wide"));
    assertEquals(List.of(KIND, left), new Decisions(List.of(KIND, fixed, behind)).sequence());
  }

  @Test
  void aDecisionDependsOnThoseBeforeItAlone() {
    assertThrows(IllegalArgumentException.class, () -> new Decisions(List.of(FACTOR, KIND)));
    assertThrows(IllegalArgumentException.class, () -> new Decisions(List.of(KIND, KIND)));
    Decision typo = ordinal("typo", List.of(1, 2), when("kind", "wyde"));
    assertThrows(IllegalArgumentException.class, () -> new Decisions(List.of(KIND, typo)));
    assertThrows(IllegalArgumentException.class, () -> ordinal("none", List.of()));
    assertThrows(IllegalArgumentException.class, () -> ordinal("twice", List.of(1, 1)));
  }

  @Test
  void anOrdinalDecisionChangesByOneStepAndACategoricalOneToAnyOption() {
    Choices parent = take("wide", "3");
    for (int seed = 0; seed < 50; seed++) {
      Choices child = BOTH.changed(parent, Generators.seeded(seed));
      boolean sameKind = child.of("kind").equals(parent.of("kind"));
      assertTrue(!sameKind || List.of("2", "3", "4").contains(child.of("factor").orElseThrow()));
    }
  }

  @Test
  void aCrossingHasEachDecisionAsInAParentThatTookIt() {
    Set<Choices> possible = Set.of(take("wide", "6"), take("plain", "2"));
    for (int seed = 0; seed < 50; seed++) {
      Choices child = BOTH.crossed(take("wide", "6"), take("plain", "2"), Generators.seeded(seed));
      assertTrue(possible.contains(child), child.toString());
    }
  }
}
