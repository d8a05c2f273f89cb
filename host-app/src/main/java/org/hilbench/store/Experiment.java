package org.hilbench.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * What a search was asked for, fixed when it starts.
 *
 * @param flags every flag that its result depends on, by name ({@code --seed}), with the value that
 *     holds, defaults included
 */
public record Experiment(Instant startedAt, Map<String, String> flags) {
  public Experiment {
    Objects.requireNonNull(startedAt);
    flags = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(flags)));
  }

  /**
   * Refuses flags that differ from those that the search was started with. Flags that are not given
   * keep their stored value, so they are no difference.
   */
  public void requireSame(Map<String, String> given) throws BenchException {
    String differences =
        new TreeMap<>(given)
            .entrySet().stream()
                .filter(flag -> !flag.getValue().equals(flags.get(flag.getKey())))
                .map(flag -> difference(flag.getKey(), flag.getValue()))
                .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw new BenchException(
          Stage.STORE,
          BenchException.Kind.USAGE,
          "this search was started with other flags: "
              + differences
              + "; resume it with the same flags or none, or start another with --out");
    }
  }

  private String difference(String flag, String now) {
    String was = flags.get(flag);
    return flag + (was == null ? " was not set" : " was " + was) + ", now " + now;
  }
}
