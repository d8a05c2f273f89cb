package org.hilbench.space;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One named choice of a space.
 *
 * @param name unique in its space, such as {@code b2.width}
 * @param options in words, each once; of an ordinal decision in ascending order
 * @param activeWhen it is to be taken where all of these hold; what they name comes before it
 */
public record Decision(String name, List<String> options, Kind kind, List<Condition> activeWhen) {
  /** Whether options that are next to each other are more alike than others. */
  public enum Kind {
    ORDINAL,
    CATEGORICAL
  }

  /** That another decision is active and one of these options of it was chosen. */
  public record Condition(String decision, Set<String> options) {
    public Condition {
      Objects.requireNonNull(decision);
      options = Set.copyOf(options);
    }

    /**
     * What is left of it where it concerns this decision: itself, what an active decision depends
     * on where all options will do, or empty where none will.
     */
    Optional<List<Condition>> settled(Decision named) {
      if (!named.options().containsAll(options)) {
        throw new IllegalArgumentException(
            "a condition on " + decision + " " + options + " has others than " + named.options());
      }
      if (options.size() == named.options().size()) {
        return Optional.of(named.activeWhen());
      }
      return options.isEmpty() ? Optional.empty() : Optional.of(List.of(this));
    }

    boolean holds(Map<String, String> chosen) {
      String option = chosen.get(decision);
      return option != null && options.contains(option);
    }
  }

  public Decision {
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    options = List.copyOf(options);
    activeWhen = List.copyOf(activeWhen);
    if (options.isEmpty() || Set.copyOf(options).size() < options.size()) {
      throw new IllegalArgumentException(
          "decision " + name + ": options " + options + " are not one or more, each once");
    }
  }

  /** One between values in ascending order. */
  public static Decision ordinal(String name, List<?> values, Condition... activeWhen) {
    return new Decision(name, words(values), Kind.ORDINAL, List.of(activeWhen));
  }

  /** One between values of which none is nearer to one than to another. */
  public static Decision categorical(String name, List<?> values, Condition... activeWhen) {
    return new Decision(name, words(values), Kind.CATEGORICAL, List.of(activeWhen));
  }

  private static List<String> words(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  /** Any option; where an ordinal decision was taken before, one step from that. */
  String anew(@Nullable String was, RandomGenerator generator) {
    return kind == Kind.ORDINAL && was != null
        ? Draw.neighbour(options, was, generator)
        : Draw.any(options, generator);
  }

  /** Whether it is to be taken, after these choices. */
  boolean active(Map<String, String> chosen) {
    return activeWhen.stream().allMatch(condition -> condition.holds(chosen));
  }
}
