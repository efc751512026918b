package dev.gengap.compute.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.Precision;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostThreadsTest {

  /** A kernel that is worth sharing. */
  private record Counted(int items, IntConsumer body) implements HostKernel {
    @Override
    public long work() {
      return Long.MAX_VALUE;
    }

    @Override
    public ScratchSize scratch() {
      return new ScratchSize(1, 8);
    }

    @Override
    public void run(int item, Scratch scratch) {
      scratch.row(0).fill(0, 8, item);
      body.accept(item);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void run_manyLaunches_doEachItemOnce(int threads) {
    try (HostThreads host = new HostThreads(threads, Precision.FLOAT32)) {
      for (int launch = 0; launch < 2000; launch++) {
        int items = 1 + launch % 17;
        AtomicIntegerArray done = new AtomicIntegerArray(items);
        Counted kernel = new Counted(items, done::incrementAndGet);
        host.reserve(kernel);
        host.run(kernel);
        for (int i = 0; i < items; i++) {
          assertThat(done.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void run_itemsThatWaitForEachOther_areOnSeveralThreads() {
    try (HostThreads host = new HostThreads(3, Precision.FLOAT64)) {
      CountDownLatch all = new CountDownLatch(3);
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      Counted kernel =
          new Counted(
              3,
              item -> {
                seen.add(Thread.currentThread());
                all.countDown();
                await(all);
              });
      host.reserve(kernel);
      host.run(kernel);
      assertThat(seen).hasSize(3).contains(Thread.currentThread());
    }
  }

  @Test
  void run_itemThatFails_throwsAndGoesOnAfterwards() {
    try (HostThreads host = new HostThreads(2, Precision.FLOAT32)) {
      Counted failing =
          new Counted(
              50,
              item -> {
                if (item == 7) {
                  throw new IllegalArgumentException("item: 7 (expected: another)");
                }
              });
      host.reserve(failing);
      assertThatThrownBy(() -> host.run(failing))
          .hasRootCauseMessage("item: 7 (expected: another)");
      AtomicIntegerArray done = new AtomicIntegerArray(50);
      host.run(new Counted(50, done::incrementAndGet));
      assertThat(done.get(7)).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
