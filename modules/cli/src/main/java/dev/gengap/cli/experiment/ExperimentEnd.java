package dev.gengap.cli.experiment;

import com.google.protobuf.Message;
import dev.gengap.monitor.ExperimentView;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordTail;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Whether the runs of an experiment have ended, by its records. Confined to one thread. Caller
 * closes.
 */
final class ExperimentEnd implements BooleanSupplier, AutoCloseable {
  private final RecordTail<Message> tail;
  private ExperimentView view = ExperimentView.EMPTY;

  ExperimentEnd(BrokerConnection broker) {
    this.tail = RecordTail.openAll(broker);
  }

  @Override
  public boolean getAsBoolean() {
    view = view.with(tail.poll(Duration.ZERO));
    return tail.caughtUp() && view.ended();
  }

  @Override
  public void close() {
    tail.close();
  }
}
