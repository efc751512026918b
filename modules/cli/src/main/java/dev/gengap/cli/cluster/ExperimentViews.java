package dev.gengap.cli.cluster;

import com.google.protobuf.Message;
import dev.gengap.monitor.ExperimentView;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.RecordTail;
import java.util.Set;

/** What the topics of experiments say now. Confined to one thread. */
final class ExperimentViews {
  private final Brokers brokers;
  private final Set<String> begun;

  ExperimentViews(Brokers brokers) {
    this.brokers = brokers;
    this.begun = Set.copyOf(brokers.experiments());
  }

  /** The view of all records of the experiment {@code name}: empty before it has begun. */
  ExperimentView of(String name) {
    if (!begun.contains(name)) {
      return ExperimentView.EMPTY;
    }
    try (BrokerConnection connection = BrokerConnection.open(brokers.experiment(name));
        RecordTail<Message> tail = RecordTail.openAll(connection)) {
      return ExperimentView.EMPTY.with(tail.readToEnd());
    }
  }
}
