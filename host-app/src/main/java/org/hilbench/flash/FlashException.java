package org.hilbench.flash;

import org.hilbench.BenchException;
import org.hilbench.Stage;

/** Flashing failed, and what that means. */
public final class FlashException extends BenchException {
  private static final long serialVersionUID = 1L;
  private final Trouble trouble;

  FlashException(Trouble trouble, String message) {
    super(Stage.FLASH, Kind.ENVIRONMENT, message);
    this.trouble = trouble;
  }

  public Trouble trouble() {
    return trouble;
  }
}
