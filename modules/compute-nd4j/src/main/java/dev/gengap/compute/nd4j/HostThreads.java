package dev.gengap.compute.nd4j;

import dev.gengap.compute.Precision;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The threads of a workspace that run its kernels: its own thread and, from the first kernel that
 * is worth it on, helpers. Confined to the workspace's thread, which closes it.
 *
 * <pre>
 * Ownership: the caller publishes a kernel, then the ticket, (launch, items left); whoever lowers
 *   it by compare-and-set owns an item. A ticket with items left means that the kernel is still its
 *   launch's, and a helper that wakes late finds none left.
 * Ordering: {@code run} returns when all items are done; what they wrote is then visible to it by
 *   the atomic count. Nobody waits for a helper that has no item.
 * Failure: the first exception of an item is thrown by {@code run}, after the others are done.
 * </pre>
 */
final class HostThreads implements AutoCloseable {
  /** Below this many numbers, waking a helper takes longer than what it would save. */
  private static final long LEAST_WORK = 1 << 17;

  private static final int SPINS = 1 << 10;
  private static final long NAP_NANOS = 20_000;

  private final Scratch[] scratch;
  private final AtomicLong ticket = new AtomicLong();
  private final AtomicInteger done = new AtomicInteger();
  private volatile HostKernel kernel;
  private volatile Throwable failure;
  private volatile boolean closed;
  private Thread[] helpers = {};
  private int launch;

  HostThreads(int threads, Precision precision) {
    Row like = precision == Precision.FLOAT32 ? new FloatRow(0) : new DoubleRow(0);
    scratch =
        IntStream.range(0, threads).mapToObj(i -> new Scratch(i, like)).toArray(Scratch[]::new);
  }

  int count() {
    return scratch.length;
  }

  /** Makes room for {@code prepared} on every thread. */
  void reserve(HostKernel prepared) {
    HostKernel.ScratchSize size = prepared.scratch();
    Arrays.stream(scratch).forEach(s -> s.reserve(size.rows(), size.length()));
  }

  /** Runs all items of {@code work}. */
  void run(HostKernel work) {
    int count = work.items();
    if (scratch.length == 1 || count == 1 || work.work() < LEAST_WORK) {
      for (int item = 0; item < count; item++) {
        work.run(item, scratch[0]);
      }
      return;
    }
    share(work, count);
  }

  private void share(HostKernel work, int count) {
    if (helpers.length == 0) {
      startHelpers();
    }
    kernel = work;
    done.set(0);
    ticket.set((long) ++launch << Integer.SIZE | count);
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    takeItems(scratch[0]);
    for (int spins = 0; done.get() < count; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, NAP_NANOS);
      }
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("kernel: failed (expected: to run)", thrown);
    }
  }

  private void takeItems(Scratch own) {
    while (true) {
      long current = ticket.get();
      int left = (int) current;
      HostKernel work = kernel;
      if (left == 0) {
        return;
      }
      if (ticket.compareAndSet(current, current - 1)) {
        runItem(work, left - 1, own);
      }
    }
  }

  private void runItem(HostKernel work, int item, Scratch own) {
    try {
      work.run(item, own);
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      done.incrementAndGet();
    }
  }

  private void startHelpers() {
    helpers =
        IntStream.range(1, scratch.length)
            .mapToObj(i -> new Thread(() -> help(scratch[i]), "gengap-nd4j-" + i))
            .toArray(Thread[]::new);
    for (Thread helper : helpers) {
      helper.setDaemon(true);
      helper.start();
    }
  }

  private void help(Scratch own) {
    while (!closed) {
      takeItems(own);
      long seen = ticket.get();
      if ((int) seen == 0) {
        awaitChange(seen);
      }
    }
  }

  private void awaitChange(long seen) {
    for (int spins = 0; ticket.get() == seen && !closed; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
