package dev.gengap.actors;

import dev.gengap.streams.LaneReader;
import dev.gengap.training.Minibatch;
import dev.gengap.training.MinibatchSource;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Polls a lane and makes minibatches of its records ahead of the trainer.
 *
 * <p>Ownership: a thread of its own opens, polls and closes the reader; the training thread takes
 * minibatches. Caller closes, which waits for the thread. Ordering: as the lane's. Failure: what
 * ends the polling thread is thrown from {@link #hasNext} after the minibatches that came before
 * it.
 */
final class LanePrefetcher implements MinibatchSource, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int DEPTH = 4;

  private final BlockingQueue<Minibatch> ready = new ArrayBlockingQueue<>(DEPTH);
  private final BatchDecoder decoder;
  private final BooleanSupplier abandoned;
  private final Thread thread;

  /** Taken from the queue and not yet by the training thread, which it is confined to. */
  private Minibatch next;

  private volatile boolean closed;
  private volatile Throwable failure;

  /**
   * Starts polling.
   *
   * @param open opens the lane, at the first minibatch wanted
   * @param decoder makes minibatches, on the polling thread
   * @param abandoned whether nobody feeds the lane any more, so that waiting for it is in vain
   */
  LanePrefetcher(
      String name, Supplier<LaneReader> open, BatchDecoder decoder, BooleanSupplier abandoned) {
    this.decoder = decoder;
    this.abandoned = abandoned;
    thread = new Thread(() -> poll(open), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void poll(Supplier<LaneReader> open) {
    try (LaneReader lane = open.get()) {
      while (!closed) {
        forward(lane);
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  private void forward(LaneReader lane) throws InterruptedException {
    for (var sent : lane.poll(POLL)) {
      if (closed) {
        return;
      }
      offer(decoder.decode(sent));
    }
  }

  private void offer(Minibatch minibatch) throws InterruptedException {
    boolean taken = false;
    while (!taken && !closed) {
      taken = ready.offer(minibatch, POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public boolean hasNext() throws InterruptedException {
    while (next == null) {
      // Read first: a minibatch offered before the failure is then in the queue.
      Throwable failed = failure;
      boolean inVain = abandoned.getAsBoolean();
      next = ready.poll(failed == null ? POLL.toMillis() : 0, TimeUnit.MILLISECONDS);
      if (next == null && inVain) {
        return false;
      }
      if (next == null && failed != null) {
        throw Causes.unchecked(failed);
      }
    }
    return true;
  }

  @Override
  public Minibatch next() throws InterruptedException {
    if (!hasNext()) {
      throw new IllegalStateException("lane: abandoned (expected: a minibatch)");
    }
    Minibatch taken = next;
    next = null;
    return taken;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
