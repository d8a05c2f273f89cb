package org.hilbench.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as the options that were chosen: one for each decision of its space that is active.
 *
 * @param byDecision the option by the name of the decision, in the order of {@link Decisions}
 */
public record Choices(Map<String, String> byDecision) {
  public Choices {
    byDecision = Collections.unmodifiableMap(new LinkedHashMap<>(byDecision));
  }

  /** Empty where this decision was not to be taken. */
  public Optional<String> of(String decision) {
    return Optional.ofNullable(byDecision.get(decision));
  }

  /** The value that was chosen of these; where there was no choice, the first. */
  public <T> T among(List<T> values, String decision) {
    return of(decision)
        .flatMap(word -> values.stream().filter(one -> one.toString().equals(word)).findFirst())
        .orElse(values.get(0));
  }
}
