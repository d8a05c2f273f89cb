package org.hilbench.firmware;

import java.util.List;
import java.util.Objects;

/**
 * Names something by its content, so that it means the same on every machine.
 *
 * @param name for people; things of other content may have it too
 * @param sha256 of the content, hexadecimal: what an object store keeps it under
 */
public record ContentReference(String name, String sha256) {
  private static final int SHOWN = 12;

  public ContentReference {
    Objects.requireNonNull(name);
    if (name.isBlank() || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name; a path means nothing elsewhere");
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("'" + sha256 + "' of " + name + " is no SHA-256");
    }
  }

  /** Of pieces, in this order. */
  static ContentReference of(String name, List<String> pieces) {
    return new ContentReference(name, new ContentHash().add(pieces).hex());
  }

  /** Whether it is the same content; the name has no part in it. */
  public boolean isSameAs(ContentReference other) {
    return sha256.equals(other.sha256);
  }

  @Override
  public String toString() {
    return "'" + name + "' (hash " + sha256.substring(0, SHOWN) + ")";
  }
}
