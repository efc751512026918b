package dev.gengap.actors;

import com.google.protobuf.Message;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordTail;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The one thread that polls the experiment's records for one actor, from the first, and hands them
 * on in the order of their topics.
 *
 * <p>Ownership: the thread opens the tail, polls it and closes it. {@link #whenRead} and {@link
 * #close} may be called from any thread; closing waits for the end. Failure: what ends the thread
 * goes to {@link Listener#failed} once.
 */
final class TailThread implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Hears what the thread reads, on that thread. */
  interface Listener {
    /** More records. */
    void records(List<Message> records);

    /** There will be no more. */
    void failed(Throwable cause);
  }

  private final BrokerConnection broker;
  private final Listener listener;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private TailThread(String name, BrokerConnection broker, Listener listener) {
    this.broker = broker;
    this.listener = listener;
    this.thread = new Thread(this::follow, name);
    thread.setDaemon(true);
  }

  /** Begins to read. */
  static TailThread start(String name, BrokerConnection broker, Listener listener) {
    TailThread tail = new TailThread(name, broker, listener);
    tail.thread.start();
    return tail;
  }

  /** Runs {@code then}, on the thread, once every record that is there now has been handed on. */
  void whenRead(Runnable then) {
    waiting.add(then);
  }

  private void follow() {
    try (RecordTail<Message> tail = RecordTail.openAll(broker)) {
      while (!closed) {
        if (tail.caughtUp()) {
          answer(tail);
        }
        hand(tail.poll(POLL));
      }
    } catch (Throwable e) {
      if (!closed) {
        listener.failed(e);
      }
    }
  }

  private void answer(RecordTail<Message> tail) {
    for (Runnable then = waiting.poll(); then != null; then = waiting.poll()) {
      hand(tail.readToEnd());
      then.run();
    }
  }

  private void hand(List<Message> records) {
    if (!records.isEmpty()) {
      listener.records(records);
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
