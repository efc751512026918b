package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import dev.gengap.protocol.v1.Measurement;
import java.util.List;
import java.util.Set;

/**
 * A worker of the group's own process, on a thread of its own.
 *
 * <p>Confined to the group, which closes it.
 */
final class OwnHands implements MeasureHands {

  /** Hears how orders end, on the worker's thread. */
  interface Listener {
    /** Everything found is on Kafka; or why nothing could be done. */
    void ended(long lease, List<Measurement> published, Throwable failure);
  }

  private final MeasureThread thread;
  private final Listener listener;
  private boolean busy;

  OwnHands(GroupSetup setup, Listener listener) {
    this.thread = new MeasureThread(setup);
    this.listener = listener;
  }

  @Override
  public boolean hasRoom() {
    return !busy;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of failures
  public void begin(long lease, MeasureWorker.Order order) {
    busy = true;
    thread
        .measure(order)
        .whenComplete((published, failure) -> listener.ended(lease, published, failure));
  }

  @Override
  public void ended(long lease) {
    busy = false;
  }

  @Override
  public List<Long> overdue() {
    return List.of();
  }

  @Override
  public void seen(long lease) {}

  @Override
  public void failed(long lease) {}

  @Override
  public void nodes(Set<ActorRef<NodeActor.Command>> nodes) {}

  @Override
  public void close() {
    thread.close();
  }
}
