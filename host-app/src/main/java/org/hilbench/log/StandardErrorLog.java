package org.hilbench.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Optional;

/**
 * Logs to standard error: warnings of everybody, of ours what {@code HILBENCH_LOG} names (a level
 * of Logback's). In code, since to read it from XML costs every start more than the rest of the
 * log.
 */
public final class StandardErrorLog extends ContextAwareBase implements Configurator {
  static final String LEVEL_VARIABLE = "HILBENCH_LOG";

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    LineLayout layout = new LineLayout();
    layout.setContext(loggers);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(loggers);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(loggers);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder);
    appender.start();
    Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    String wanted = Optional.ofNullable(System.getenv(LEVEL_VARIABLE)).orElse("");
    loggers.getLogger("org.hilbench").setLevel(Level.toLevel(wanted, Level.WARN));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
