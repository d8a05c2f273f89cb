package org.hilbench.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.hilbench.space.Decision.Condition;

/**
 * A space as a sequence of decisions, always as long: what a strategy encodes, whatever the space.
 *
 * <p>It is held as short as it can be: a decision of one option is none, and a condition that
 * always or never holds is settled.
 */
public record Decisions(List<Decision> sequence) {
  public Decisions {
    Map<String, Optional<Decision>> before = new HashMap<>(); // empty where it is never active
    List<Decision> open = new ArrayList<>();
    for (Decision decision : sequence) {
      Optional<Decision> settled = settled(decision, before);
      if (before.put(decision.name(), settled) != null) {
        throw new IllegalArgumentException("two decisions are called " + decision.name());
      }
      settled.filter(one -> one.options().size() > 1).ifPresent(open::add);
    }
    sequence = List.copyOf(open);
  }

  /** The decision with the conditions that are left; empty where one can never hold. */
  private static Optional<Decision> settled(
      Decision decision, Map<String, Optional<Decision>> before) {
    Set<Condition> left = new LinkedHashSet<>();
    for (Condition condition : decision.activeWhen()) {
      if (!before.containsKey(condition.decision())) {
        throw new IllegalArgumentException(
            decision.name() + " depends on " + condition.decision() + ", which is not before it");
      }
      Optional<List<Condition>> own = before.get(condition.decision()).flatMap(condition::settled);
      if (own.isEmpty()) {
        return Optional.empty();
      }
      left.addAll(own.get());
    }
    return Optional.of(
        new Decision(decision.name(), decision.options(), decision.kind(), List.copyOf(left)));
  }

  /**
   * Takes one decision after the other: each that is active after what was chosen before.
   *
   * @throws IllegalArgumentException where an answer is none of the options
   */
  public Choices take(Function<Decision, String> answer) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (Decision decision : sequence) {
      if (decision.active(chosen)) {
        String option = answer.apply(decision);
        require(decision.options().contains(option), decision.name() + " is " + option);
        chosen.put(decision.name(), option);
      }
    }
    return new Choices(chosen);
  }

  /**
   * The same with all answers beforehand, by name and as objects whose words are the options; what
   * is not active is not looked at.
   */
  public Choices take(Map<String, ?> answers) {
    return take(decision -> String.valueOf(answers.get(decision.name())));
  }

  /** Refuses choices that are not one option for each active decision and nothing else. */
  public void require(Choices choices) {
    Choices taken = take(decision -> choices.of(decision.name()).orElse("not chosen"));
    Set<String> idle = new LinkedHashSet<>(choices.byDecision().keySet());
    idle.removeAll(taken.byDecision().keySet());
    require(idle.isEmpty(), "there is nothing to choose for " + idle);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("no choices of this space: " + otherwise);
    }
  }

  /** Every option of an active decision is as likely as any other. */
  Choices drawn(RandomGenerator generator) {
    return take(decision -> Draw.any(decision.options(), generator));
  }

  /** One decision taken anew, an ordinal one a step away; what becomes active by it is drawn. */
  Choices changed(Choices parent, RandomGenerator generator) {
    String changed = Draw.any(List.copyOf(parent.byDecision().keySet()), generator);
    return take(
        decision -> {
          String was = parent.byDecision().get(decision.name());
          return was == null || decision.name().equals(changed)
              ? decision.anew(was, generator)
              : was;
        });
  }

  /** Each decision as in one of two, or as in the one that took it. */
  Choices crossed(Choices mother, Choices father, RandomGenerator generator) {
    return take(
        decision -> {
          boolean swapped = generator.nextBoolean();
          Choices first = swapped ? father : mother;
          Choices second = swapped ? mother : father;
          return first
              .of(decision.name())
              .or(() -> second.of(decision.name()))
              .orElseGet(() -> Draw.any(decision.options(), generator));
        });
  }
}
