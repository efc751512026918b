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
 * Polls a lane and makes inputs of its records ahead of the trainer.
 *
 * <p>Ownership: a thread of its own opens, polls and closes the reader; the training thread takes
 * minibatches and gives their inputs back by taking the next. Caller closes, which waits for the
 * thread. Ordering: as the lane's. Failure: what ends the polling thread is thrown from {@link
 * #next} after the minibatches that came before it.
 */
final class LanePrefetcher implements MinibatchSource, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int DEPTH = 4;

  private final BlockingQueue<Minibatch> ready = new ArrayBlockingQueue<>(DEPTH);
  private final BlockingQueue<float[]> free = new ArrayBlockingQueue<>(DEPTH + 2);
  private final BatchDecoder decoder;
  private final BooleanSupplier abandoned;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Throwable failure;
  private float[] inUse;

  /**
   * Starts polling.
   *
   * @param open opens the lane, at the first minibatch wanted
   * @param decoder makes inputs, on the polling thread
   * @param inputSize numbers in the inputs of a full minibatch
   * @param abandoned whether nobody feeds the lane any more, so that waiting for it is in vain
   */
  LanePrefetcher(
      String name,
      Supplier<LaneReader> open,
      BatchDecoder decoder,
      int inputSize,
      BooleanSupplier abandoned) {
    this.decoder = decoder;
    this.abandoned = abandoned;
    for (int i = 0; i < DEPTH + 2; i++) {
      free.add(new float[inputSize]);
    }
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
      float[] inputs = buffer();
      if (inputs == null) {
        return;
      }
      offer(decoder.decode(sent, inputs));
    }
  }

  /** An array nobody uses; null once closed. */
  private float[] buffer() throws InterruptedException {
    float[] inputs = null;
    while (inputs == null && !closed) {
      inputs = free.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
    return inputs;
  }

  private void offer(Minibatch minibatch) throws InterruptedException {
    boolean taken = false;
    while (!taken && !closed) {
      taken = ready.offer(minibatch, POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public Minibatch next() throws InterruptedException {
    if (inUse != null) {
      free.add(inUse);
      inUse = null;
    }
    while (true) {
      // Read first: a minibatch offered before the failure is then in the queue.
      Throwable failed = failure;
      Minibatch minibatch = ready.poll(failed == null ? POLL.toMillis() : 0, TimeUnit.MILLISECONDS);
      if (minibatch != null) {
        inUse = minibatch.inputs();
        return minibatch;
      }
      if (failed != null) {
        throw Causes.unchecked(failed);
      }
      if (abandoned.getAsBoolean()) {
        throw new IllegalStateException("lane: abandoned (expected: a minibatch)");
      }
    }
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
