package dev.gengap.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Ctrl-C, or another polite end of the process: asks the work to stop, and keeps the process alive
 * until it has.
 *
 * <p>Safe for any thread. Closed by the work once it has cleaned up, which lets the process end.
 */
public final class Interruption implements AutoCloseable {
  /** A step, a snapshot and the broker's end take seconds; after this something hangs. */
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicReference<Runnable> stop = new AtomicReference<>();
  private final AtomicBoolean happened = new AtomicBoolean();
  private final CountDownLatch cleaned = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "gengap-interruption");

  private Interruption() {}

  /** Begins to listen. Caller closes. */
  public static Interruption install() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** What to do when the process is asked to end; done at once if it already was. */
  public void onInterrupt(Runnable action) {
    stop.set(action);
    if (happened.get()) {
      action.run();
    }
  }

  /** Whether the process has been asked to end. */
  public boolean happened() {
    return happened.get();
  }

  /**
   * What {@code start} returns: of something that cannot start in a process that is ending.
   *
   * @throws InterruptedException if it did not because the process is
   */
  public <T> T starting(Supplier<T> start) throws InterruptedException {
    try {
      return start.get();
    } catch (IllegalStateException | LinkageError e) {
      if (!happened()) {
        throw e;
      }
      InterruptedException interrupted = new InterruptedException();
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private void interrupted() {
    happened.set(true);
    Runnable action = stop.get();
    if (action != null) {
      action.run();
    }
    try {
      if (!cleaned.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the work did not stop within " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    cleaned.countDown();
    if (!happened.get()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
