package org.hilbench.board;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** USB vendor and product number of a board's probe, written {@code 0483:374b}. */
public record UsbId(int vendor, int product) {
  @JsonCreator
  public static UsbId parse(String text) {
    if (!text.matches("[0-9a-f]{4}:[0-9a-f]{4}")) {
      throw new IllegalArgumentException(
          "USB id '" + text + "' is not VID:PID in lower-case hex, such as 0483:374b");
    }
    return new UsbId(
        Integer.parseInt(text.substring(0, 4), 16), Integer.parseInt(text.substring(5), 16));
  }

  @JsonValue
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04x:%04x", vendor, product);
  }
}
