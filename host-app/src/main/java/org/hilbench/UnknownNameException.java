package org.hilbench;

/** Something is named that a {@link Registry} has not; of kind USAGE. */
public final class UnknownNameException extends BenchException {
  private static final long serialVersionUID = 1L;

  UnknownNameException(Stage stage, String message) {
    super(stage, Kind.USAGE, message);
  }
}
