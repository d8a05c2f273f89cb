package org.hilbench.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.hilbench.Printable;

/** The message of an event in one line, whatever it was made of: {@code %printable}. */
public final class PrintableMessage extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return Printable.message(String.valueOf(event.getFormattedMessage()));
  }
}
