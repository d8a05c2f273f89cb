package org.hilbench.bench;

import org.hilbench.BenchException;
import org.hilbench.Stage;

/** Resident firmware has no room for a model that may yet fit when it is linked into flash. */
final class NoRoomException extends BenchException {
  private static final long serialVersionUID = 1L;
  private final String why;

  NoRoomException(String why) {
    super(
        Stage.RUN, Kind.USAGE, why + "; measure it without --upload: it is linked into flash then");
    this.why = why;
  }

  /** In one line, without what to do. */
  String why() {
    return why;
  }
}
