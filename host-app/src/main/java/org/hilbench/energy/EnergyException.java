package org.hilbench.energy;

import org.hilbench.BenchException;
import org.hilbench.Stage;

/** A meter failed, or what it saw does not show an inference. */
public final class EnergyException extends BenchException {
  private static final long serialVersionUID = 1L;

  EnergyException(String message) {
    super(Stage.RUN, Kind.ENVIRONMENT, message);
  }
}
