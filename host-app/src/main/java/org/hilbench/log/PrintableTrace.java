package org.hilbench.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.hilbench.Printable;

/** The stack trace of an event, all of it indented: {@code %trace}. */
public final class PrintableTrace extends ThrowableProxyConverter {
  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    String own = super.throwableProxyToString(thrown).replace("\t", "  ");
    StringBuilder trace = new StringBuilder();
    own.lines()
        .map(Printable::line)
        .forEach(line -> trace.append(Printable.GUTTER).append("| ").append(line).append('\n'));
    return trace.toString();
  }
}
