package dev.gengap.compute.aparapi;

import com.aparapi.Config;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps Aparapi's log from the console, where it warns of every class that Java 11 or later
 * compiled, and remembers what it said last: the only place where it says why a launch failed. Safe
 * for any thread.
 */
final class AparapiLog extends Handler {
  private static final ThreadLocal<String> LAST = ThreadLocal.withInitial(() -> "");

  /** Loggers are collected unless someone holds them. */
  private static final Logger[] LOGGERS = {
    Logger.getLogger(Config.getLoggerName()), Logger.getLogger("com.aparapi")
  };

  private AparapiLog() {}

  /** From now on. Does nothing the second time. */
  static synchronized void capture() {
    for (Logger logger : LOGGERS) {
      if (logger.getHandlers().length == 0 || !(logger.getHandlers()[0] instanceof AparapiLog)) {
        for (Handler handler : logger.getHandlers()) {
          logger.removeHandler(handler);
        }
        logger.addHandler(new AparapiLog());
        logger.setUseParentHandlers(false);
      }
    }
  }

  static void clear() {
    LAST.remove();
  }

  /** This thread's last warning since {@link #clear}, or the empty string. */
  static String last() {
    return LAST.get();
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= Level.WARNING.intValue() && entry.getMessage() != null) {
      LAST.set(entry.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
