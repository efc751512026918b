package dev.gengap.actors;

import dev.gengap.protocol.v1.Measurement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A measure worker and the one thread that it works on, which owns what measures run on and
 * everything it reads Kafka with.
 *
 * <p>Safe for any thread. Caller closes, which waits for the order in hand to break off.
 */
final class MeasureThread implements AutoCloseable {
  private final MeasureWorker worker;
  private final WorkThread thread;

  MeasureThread(GroupSetup setup) {
    this.worker = new MeasureWorker(setup);
    this.thread = new WorkThread("gengap-measure-" + setup.group().name());
  }

  /** Measures {@code order} after those before it; completes when everything found is on Kafka. */
  CompletableFuture<List<Measurement>> measure(MeasureWorker.Order order) {
    return thread.submit(() -> worker.measure(order));
  }

  @Override
  public void close() {
    worker.cancel();
    Resources resources = new Resources();
    resources.add(thread::close);
    resources.add(() -> thread.run(worker::close).join());
    resources.close();
  }
}
