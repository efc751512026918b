package dev.gengap.experiment.plan;

import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.KeepPolicy;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What an experiment will take at most. Totals over runs that nothing but their loss ends are
 * empty. Immutable.
 *
 * @param experiment that is planned
 * @param assumptions about the machine
 * @param runs what each takes
 */
public record PlanReport(Experiment experiment, Assumptions assumptions, List<RunCost> runs) {
  public PlanReport {
    runs = List.copyOf(runs);
  }

  /** The plan of {@code experiment} on a machine like {@code assumptions}. */
  public static PlanReport of(Experiment experiment, Assumptions assumptions) {
    return new PlanReport(
        experiment,
        assumptions,
        experiment.runs().stream().map(run -> RunCost.of(run, experiment)).toList());
  }

  /** Runs trained at once. */
  public int slots() {
    return experiment.slotsOn(taken());
  }

  private int taken() {
    return experiment.devices().slotsOf(assumptions.processors());
  }

  /** Seconds of one training step of {@code run}. */
  public double secondsPerStep(RunCost run) {
    return run.multiplyAddsPerStep() / assumptions.multiplyAddsPerSecond();
  }

  /** Most hours of training one run [h]. */
  public OptionalDouble hours(RunCost run) {
    OptionalLong steps = run.run().config().maxSteps();
    return steps.isPresent()
        ? OptionalDouble.of(steps.getAsLong() * secondsPerStep(run) / 3600)
        : OptionalDouble.empty();
  }

  /** Most hours of training all runs, with the device always full [h]. */
  public OptionalDouble hours() {
    double sum = 0;
    double longest = 0;
    for (RunCost run : runs) {
      OptionalDouble hours = hours(run);
      if (hours.isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += hours.getAsDouble() / experiment.slotsOf(run.run(), taken());
      longest = Math.max(longest, hours.getAsDouble());
    }
    return OptionalDouble.of(Math.max(longest, sum));
  }

  /** Most snapshots, of all runs. */
  public OptionalLong snapshots() {
    return total(runs.stream().map(RunCost::snapshots));
  }

  /** Most measurements, of all runs and groups. */
  public OptionalLong measurements() {
    return total(runs.stream().map(RunCost::measurements));
  }

  /** Most bytes written to the broker: minibatches and snapshots, each once. */
  public OptionalLong bytesIn() {
    return total(runs.stream().map(run -> RunCost.sum(run.feedBytes(), snapshotBytes(run, 1))));
  }

  /** Most bytes read from the broker: minibatches once, snapshots once by each measure group. */
  public OptionalLong bytesOut() {
    int groups = experiment.measures().size();
    return total(
        runs.stream().map(run -> RunCost.sum(run.feedBytes(), snapshotBytes(run, groups))));
  }

  /** Most bytes of snapshot files that stay in the run folder. */
  public OptionalLong keptBytes() {
    KeepPolicy keep = experiment.keep();
    return total(
        runs.stream()
            .map(
                run ->
                    run.snapshots().isPresent()
                        ? OptionalLong.of(
                            Math.min(keep.newest(), run.snapshots().getAsLong())
                                * run.snapshotBytes())
                        : boundedByPolicy(run)));
  }

  private OptionalLong boundedByPolicy(RunCost run) {
    KeepPolicy keep = experiment.keep();
    return keep.equals(KeepPolicy.ALL)
        ? OptionalLong.empty()
        : OptionalLong.of(keep.newest() * run.snapshotBytes());
  }

  /** Most bytes of snapshots that stay in the broker's topics. */
  public OptionalLong topicBytes() {
    return total(runs.stream().map(run -> snapshotBytes(run, 1)));
  }

  /**
   * Most bytes that lanes hold at any moment: for each slot the window, the segments being written
   * and being read, and what arrives until the broker deletes again.
   */
  public long laneBytes() {
    long window = largest(run -> experiment.feed().window() * run.batchBytes());
    long arriving =
        largest(
            run -> (long) (run.batchBytes() / secondsPerStep(run) * assumptions.deletionSeconds()));
    return slots() * (window + 2 * assumptions.segmentBytes() + arriving);
  }

  private long largest(ToLongFunction<RunCost> bytes) {
    return runs.stream().mapToLong(bytes).max().orElse(0);
  }

  private static OptionalLong snapshotBytes(RunCost run, int times) {
    return run.snapshots().isPresent()
        ? OptionalLong.of(run.snapshots().getAsLong() * run.snapshotBytes() * times)
        : OptionalLong.empty();
  }

  private static OptionalLong total(Stream<OptionalLong> parts) {
    return parts.reduce(OptionalLong.of(0), RunCost::sum);
  }
}
