package org.hilbench.space;

import java.util.Collection;

/** A space is named that {@link Spaces} has not. */
public final class UnknownSpaceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnknownSpaceException(String name, Collection<String> known) {
    super("space '" + name + "' is unknown; known: " + String.join(", ", known));
  }
}
