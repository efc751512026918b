package dev.gengap.measures;

import dev.gengap.compute.Backend;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs the measures of plugins, and gives up the one that does not end in time: its thread is left
 * behind, and another goes on with the measures after it. Confined to one thread. Caller closes.
 */
final class PluginMeasures implements AutoCloseable {
  private final Supplier<Backend> backends;

  /** Measures given up, by key: one thread left behind at each of them is enough. */
  private final Map<String, GivenUp> givenUp = new HashMap<>();

  private Optional<PluginThread> thread = Optional.empty();

  /** A thread left behind at a measure, and why. */
  private record GivenUp(PluginThread thread, String reason) {}

  PluginMeasures(Supplier<Backend> backends) {
    this.backends = backends;
  }

  /** Runs {@code measures} over a snapshot of {@code run}. */
  void run(
      String run, MeasuredSnapshot snapshot, List<Measure> measures, MeasureListener listener) {
    List<Measure> left = new ArrayList<>();
    for (Measure measure : measures) {
      GivenUp before = givenUp.get(measure.describe().key());
      if (before != null && before.thread().isAlive()) {
        String reason = before.reason() + "; that attempt has still not ended";
        listener.ended(failed(measure, snapshot, reason, 0));
      } else {
        left.add(measure);
      }
    }
    while (!left.isEmpty()) {
      PluginThread on = thread.orElseGet(() -> new PluginThread(backends));
      thread = Optional.of(on);
      int ended = on.run(run, snapshot, left, listener);
      if (listener.cancelled()) {
        leaveBehind(on);
        return;
      }
      if (ended < left.size()) {
        giveUp(left.get(ended), on, snapshot, listener);
        ended++;
      }
      left = left.subList(ended, left.size());
    }
  }

  private void leaveBehind(PluginThread on) {
    on.abandon();
    thread = Optional.empty();
  }

  private void giveUp(
      Measure measure, PluginThread on, MeasuredSnapshot snapshot, MeasureListener listener) {
    leaveBehind(on);
    double limit = snapshot.settings().get(Setting.PLUGIN_SECONDS);
    String reason =
        String.format(Locale.ROOT, "no value within %s s, %s", limit, Setting.PLUGIN_SECONDS.key());
    givenUp.put(measure.describe().key(), new GivenUp(on, reason));
    listener.ended(failed(measure, snapshot, reason, limit * 1e3));
  }

  private static MeasureResult failed(
      Measure measure, MeasuredSnapshot snapshot, String reason, double wallMillis) {
    return MeasureResult.failed(measure.describe(), snapshot, reason, wallMillis);
  }

  @Override
  public void close() {
    thread.ifPresent(PluginThread::close);
  }
}
