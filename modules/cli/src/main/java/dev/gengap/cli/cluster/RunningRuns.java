package dev.gengap.cli.cluster;

import dev.gengap.monitor.ExperimentView;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.RecordTail;
import dev.gengap.streams.RecordTypes;
import java.time.Duration;
import java.util.Optional;

/** Whether runs of an experiment are running, by its runs topic. Confined to one thread. */
final class RunningRuns implements AutoCloseable {
  private final BrokerConnection connection;
  private final RecordTail<RunState> tail;
  private ExperimentView view = ExperimentView.EMPTY;

  private RunningRuns(BrokerConnection connection) {
    this.connection = connection;
    this.tail = RecordTail.open(connection, RecordTypes.RUN_STATES);
  }

  /** Those of the experiment {@code name}; empty where it has not begun. Caller closes. */
  static Optional<RunningRuns> of(Brokers brokers, String name) {
    if (!brokers.experiments().contains(name)) {
      return Optional.empty();
    }
    BrokerConnection connection = BrokerConnection.open(brokers.experiment(name));
    try {
      return Optional.of(new RunningRuns(connection));
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Whether none is running, after waiting up to {@code wait} for news. */
  boolean noneAfter(Duration wait) {
    view = view.with(tail.poll(wait));
    return tail.caughtUp() && view.runs().stream().noneMatch(run -> run.phase() == Phase.RUNNING);
  }

  @Override
  public void close() {
    tail.close();
    connection.close();
  }
}
