package org.hilbench.firmware;

import java.util.Locale;
import org.hilbench.board.Core;

/** A core as board.yaml and the device write it, such as {@code cortex-m4f}. */
final class CoreName {
  private CoreName() {}

  static String of(Core core) {
    return core.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
