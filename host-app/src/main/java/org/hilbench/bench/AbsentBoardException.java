package org.hilbench.bench;

import org.hilbench.BenchException;
import org.hilbench.Stage;

/** No adopted board of the kind that is asked for is plugged in. */
public final class AbsentBoardException extends BenchException {
  private static final long serialVersionUID = 1L;

  AbsentBoardException(String message) {
    super(Stage.RUN, Kind.ENVIRONMENT, message);
  }
}
