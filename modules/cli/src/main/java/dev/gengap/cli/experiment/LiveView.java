package dev.gengap.cli.experiment;

import com.google.protobuf.Message;
import dev.gengap.cli.console.Console;
import dev.gengap.monitor.Display;
import dev.gengap.monitor.ExperimentView;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordTail;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Shows an experiment by its records alone, on the calling thread. */
final class LiveView {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Records come several times a second while anything runs: silence is worth a question. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private LiveView() {}

  /**
   * Shows the records from the first on until {@code ended}, and then the rest.
   *
   * @return the last view
   * @throws dev.gengap.core.UserError if the broker goes away meanwhile
   */
  static ExperimentView follow(
      BrokerConnection broker, Predicate<ExperimentView> ended, Console console) {
    try (RecordTail<Message> tail = RecordTail.openAll(broker);
        Display display = Display.of(console.terminal(), console.out())) {
      ExperimentView view = showUntil(ended, broker, tail, display).with(tail.readToEnd());
      display.show(view);
      return view;
    }
  }

  /**
   * Shows the records until the experiment is complete, or nobody adds to them any more.
   *
   * @param over whether nobody does
   * @return the last view; more records may be there where it is not complete
   * @throws dev.gengap.core.UserError if the broker goes away before it is over
   */
  static ExperimentView watch(BrokerConnection broker, BooleanSupplier over, Console console) {
    try (RecordTail<Message> tail = RecordTail.openAll(broker);
        Display display = Display.of(console.terminal(), console.out())) {
      return showUntil(view -> view.complete() || over.getAsBoolean(), broker, tail, display);
    }
  }

  /** The view of all records there are. */
  static ExperimentView now(BrokerConnection broker) {
    try (RecordTail<Message> tail = RecordTail.openAll(broker)) {
      return ExperimentView.EMPTY.with(tail.readToEnd());
    }
  }

  private static ExperimentView showUntil(
      Predicate<ExperimentView> ended,
      BrokerConnection broker,
      RecordTail<Message> tail,
      Display display) {
    ExperimentView view = ExperimentView.EMPTY.with(tail.readToEnd());
    display.show(view);
    long heard = System.nanoTime();
    while (!ended.test(view)) {
      List<Message> records = tail.poll(POLL);
      if (!records.isEmpty()) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > SILENCE_NANOS) {
        broker.requireReachable();
        heard = System.nanoTime();
      }
      view = view.with(records);
      display.show(view);
    }
    return view;
  }
}
