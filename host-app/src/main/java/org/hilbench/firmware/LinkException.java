package org.hilbench.firmware;

import org.hilbench.BenchException;
import org.hilbench.Printable;
import org.hilbench.Stage;

/** An image could not be linked, though nothing overflowed: the machine, or what is linked. */
final class LinkException extends BenchException {
  private static final long serialVersionUID = 1L;

  LinkException(String message) {
    super(Stage.BUILD, Kind.PASSING, message);
  }

  /** As the failure of what was to be linked. */
  BenchException ofTheModel() {
    return new BenchException(
        stage(),
        Kind.TRIAL,
        getMessage() + "\n" + Printable.GUTTER + "Another image was linked beside it.");
  }
}
