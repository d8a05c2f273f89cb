package org.hilbench.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hilbench.Printable;

/**
 * An event in one line, whatever its message was made of; a stack trace below it, all of it
 * indented.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
  private final ThrowableProxyConverter traces = new ThrowableProxyConverter();

  @Override
  public void start() {
    traces.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    String logger = event.getLoggerName();
    return String.format(
        Locale.ROOT,
        "%s %-5s %s %s%n%s",
        time(event),
        event.getLevel(),
        logger.substring(logger.lastIndexOf('.') + 1),
        Printable.message(String.valueOf(event.getFormattedMessage())),
        trace(event));
  }

  private static String time(ILoggingEvent event) {
    return DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
        .withZone(ZoneId.systemDefault())
        .format(event.getInstant());
  }

  private String trace(ILoggingEvent event) {
    StringBuilder trace = new StringBuilder();
    traces
        .convert(event)
        .replace("\t", "  ")
        .lines()
        .map(Printable::line)
        .forEach(line -> trace.append(Printable.GUTTER).append("| ").append(line).append('\n'));
    return trace.toString();
  }
}
