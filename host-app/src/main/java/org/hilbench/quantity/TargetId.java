package org.hilbench.quantity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Optional;

/**
 * What numbers of a network are for: a board at one of its operating points.
 *
 * <p>In text it is {@code board@point}, and the board's id alone where the point is the default of
 * its profile.
 *
 * @param board id of a board profile
 * @param operatingPoint of that profile; absent for its default
 */
public record TargetId(String board, Optional<String> operatingPoint)
    implements Comparable<TargetId> {
  private static final String AT = "@";

  public TargetId {
    requireName("board", board);
    operatingPoint.ifPresent(point -> requireName("operating point", point));
  }

  private static void requireName(String what, String name) {
    Objects.requireNonNull(name);
    if (name.isBlank() || name.contains(AT)) {
      throw new IllegalArgumentException(what + " '" + name + "' is empty or has an " + AT);
    }
  }

  /** The board at its default operating point. */
  public static TargetId of(String board) {
    return new TargetId(board, Optional.empty());
  }

  /** Reads what {@link #toString} gives. */
  @JsonCreator
  public static TargetId parse(String text) {
    String[] parts = text.split(AT, 2);
    return new TargetId(parts[0], parts.length == 1 ? Optional.empty() : Optional.of(parts[1]));
  }

  /** As their texts are. */
  @Override
  public int compareTo(TargetId other) {
    return toString().compareTo(other.toString());
  }

  @JsonValue
  @Override
  public String toString() {
    return board + operatingPoint.map(point -> AT + point).orElse("");
  }
}
