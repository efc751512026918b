package dev.gengap.actors;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A thread that does one piece of work after the other.
 *
 * <p>Safe for any thread. Caller closes, which waits until everything submitted is done.
 */
final class WorkThread implements AutoCloseable {
  private final ExecutorService executor;

  WorkThread(String name) {
    this.executor = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
  }

  /** Does {@code work} after all that was submitted before. */
  <T> CompletableFuture<T> submit(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, executor);
  }

  /** The same for work without a result. */
  CompletableFuture<Void> run(Runnable work) {
    return CompletableFuture.runAsync(work, executor);
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      while (!executor.awaitTermination(1, TimeUnit.HOURS)) {
        // Work is bounded by the timeouts of what it waits for.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
