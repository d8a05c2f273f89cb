package org.hilbench.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * What a search was asked for, fixed when it starts.
 *
 * @param flags every flag that its result depends on, by name ({@code --seed}), with the value that
 *     holds, defaults included
 * @param on where each board is measured, by its id; absent in what an older version began
 * @param data what its networks take and give; absent in what an older version began
 */
public record ExperimentRecord(
    Instant startedAt,
    Map<String, String> flags,
    Optional<Map<String, String>> on,
    Optional<DataShape> data) {
  public ExperimentRecord {
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(data);
    on = on.map(where -> Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(where))));
    flags = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(flags)));
  }

  /** One of which it is not known where its boards are measured, nor what its networks take. */
  public ExperimentRecord(Instant startedAt, Map<String, String> flags) {
    this(startedAt, flags, Optional.empty());
  }

  /** One of which it is not known what its networks take. */
  public ExperimentRecord(
      Instant startedAt, Map<String, String> flags, Optional<Map<String, String>> on) {
    this(startedAt, flags, on, Optional.empty());
  }

  /** The same with other flags. */
  public ExperimentRecord withFlags(Map<String, String> others) {
    return new ExperimentRecord(startedAt, others, on, data);
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
      throw BenchException.usage(
          Stage.STORE,
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
