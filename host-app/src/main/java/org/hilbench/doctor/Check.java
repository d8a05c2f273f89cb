package org.hilbench.doctor;

import java.util.Objects;

/**
 * Whether one thing would work here; finding out changes nothing and never throws.
 *
 * @param name what was looked at
 * @param state whether it works
 * @param found what was found, or what went wrong
 * @param remedy the exact command that mends it; empty where nothing needs mending
 */
public record Check(String name, State state, String found, String remedy) {
  /** How a check ended. */
  public enum State {
    OK,
    /** Works without it, with less. */
    WARNING,
    /** Nothing that needs it works. */
    BROKEN
  }

  public Check {
    Objects.requireNonNull(name);
    Objects.requireNonNull(state);
    Objects.requireNonNull(found);
    Objects.requireNonNull(remedy);
  }

  public static Check ok(String name, String found) {
    return new Check(name, State.OK, found, "");
  }

  public static Check warning(String name, String found, String remedy) {
    return new Check(name, State.WARNING, found, remedy);
  }

  public static Check broken(String name, String found, String remedy) {
    return new Check(name, State.BROKEN, found, remedy);
  }
}
