package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Passes;
import dev.gengap.network.NetworkRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Runs measures over the snapshots of one run, one after the other. Confined to one thread.
 *
 * <p>Ownership: the runtime is the caller's; what it opens for a snapshot is closed after it.
 */
public final class SnapshotMeasures {
  /** From here on, timing some examples costs little of what it foretells. */
  static final double MANY_PASSES = 5;

  /** As many as most networks take at once. */
  private static final int TIMED_EXAMPLES = 512;

  private final NetworkRuntime runtime;
  private SharedValues previous = SharedValues.none();
  private OptionalDouble secondsPerPass = OptionalDouble.empty();

  /**
   * @param runtime runs a forward pass for each set that a measure needs, and the passes of those
   *     that perturb or differentiate; none where none does
   */
  public SnapshotMeasures(NetworkRuntime runtime) {
    this.runtime = runtime;
  }

  /** Runs {@code measures} over one snapshot alone. */
  public static List<MeasureResult> run(
      List<Measure> measures, MeasuredSnapshot snapshot, NetworkRuntime runtime) {
    return new SnapshotMeasures(runtime).next(measures, snapshot);
  }

  /**
   * Runs {@code measures} over another snapshot of the run. A measure that throws or gives a number
   * that is not finite harms its own result alone.
   *
   * @return one result for each measure, in their order
   */
  public List<MeasureResult> next(List<Measure> measures, MeasuredSnapshot snapshot) {
    List<MeasureResult> results = new ArrayList<>();
    next(measures, snapshot, results::add);
    return List.copyOf(results);
  }

  /** The same, telling {@code listener} of one measure after the other, in their order. */
  void next(List<Measure> measures, MeasuredSnapshot snapshot, MeasureListener listener) {
    try (SnapshotContext context = new SnapshotContext(snapshot, runtime, previous)) {
      for (Measure measure : measures) {
        if (listener.cancelled()) {
          break;
        }
        listener.ended(result(measure, context, listener));
      }
      previous = context.handedOn();
    }
  }

  private MeasureResult result(Measure measure, SnapshotContext context, MeasureListener listener) {
    long start = System.nanoTime();
    MeasureDescription description = measure.describe();
    Outcome outcome = outcome(measure, description, context, listener);
    double wallMillis = (System.nanoTime() - start) / 1e6;
    return new MeasureResult(description, context.settings(), context.seed(), outcome, wallMillis);
  }

  private Outcome outcome(
      Measure measure,
      MeasureDescription description,
      SnapshotContext context,
      MeasureListener listener) {
    try {
      Optional<String> reason = context.whyNot(description.needs());
      if (reason.isPresent()) {
        return new Outcome.Measured(new MeasuredValue.NotApplicable(reason.get()));
      }
      double passes = measure.passes(context);
      if (passes >= MANY_PASSES && description.needs().contains(Need.TRAIN_PASSES)) {
        listener.begins(description, passes * secondsPerPass(context));
      }
      MeasuredValue value = measure.measure(context);
      return value == null
          ? new Outcome.Failed("value: null (expected: one)")
          : new Outcome.Measured(value);
    } catch (ArithmeticException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return new Outcome.Failed(e.toString());
    }
  }

  /**
   * Of one pass forward and backward over all examples, as a few of them take it the second time:
   * the first one prepares. Timed once for a run.
   */
  private double secondsPerPass(SnapshotContext context) {
    if (secondsPerPass.isEmpty()) {
      double[] parameters = context.parameters();
      double[] gradient = new double[parameters.length];
      int all = context.passes().examples();
      int some = Math.min(all, TIMED_EXAMPLES);
      Passes timed = context.passes().over(IntStream.range(0, some).toArray());
      timed.gradient(parameters, gradient);
      long start = System.nanoTime();
      timed.gradient(parameters, gradient);
      secondsPerPass = OptionalDouble.of((System.nanoTime() - start) / 1e9 * all / some);
    }
    return secondsPerPass.getAsDouble();
  }
}
