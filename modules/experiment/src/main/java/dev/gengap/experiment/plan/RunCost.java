package dev.gengap.experiment.plan;

import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.RunPlan;
import dev.gengap.training.SnapshotPolicy;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * What one run takes at most: its loss may end it earlier. Where nothing but the loss ends it, what
 * grows with its steps is empty.
 *
 * @param run the run
 * @param parameters of its network
 * @param multiplyAddsPerStep forward and backward over one minibatch
 * @param batchBytes of one minibatch on its lane
 * @param snapshots it takes at most
 * @param measurements published about it at most
 */
public record RunCost(
    RunPlan run,
    long parameters,
    long multiplyAddsPerStep,
    long batchBytes,
    OptionalLong snapshots,
    OptionalLong measurements) {
  private static final int RECORD_OVERHEAD_BYTES = 128;
  private static final int LABEL_BYTES = 4;
  private static final int ID_BYTES = 3;
  private static final long HEADER_BYTES = 4096;

  /** The cost of {@code run} within {@code experiment}. */
  static RunCost of(RunPlan run, Experiment experiment) {
    RunConfig config = run.config();
    OptionalLong snapshots = map(config.maxSteps(), steps -> snapshots(config, steps));
    OptionalLong measurements =
        experiment.measures().stream()
            .map(group -> measurements(group, config, snapshots))
            .reduce(OptionalLong.of(0), RunCost::sum);
    return new RunCost(
        run,
        config.network().spec().parameterCount(),
        multiplyAdds(config),
        batchBytes(config, experiment.feed().payload()),
        snapshots,
        measurements);
  }

  /** Most bytes of all its minibatches, each sent once. */
  public OptionalLong feedBytes() {
    return map(run.config().maxSteps(), steps -> steps * batchBytes);
  }

  /** Bytes of one snapshot: float32 parameters and statistics, and a header. */
  public long snapshotBytes() {
    return run.config().network().spec().stateCount() * Float.BYTES + HEADER_BYTES;
  }

  /**
   * Three times what goes forward: there, and for the gradients of inputs and weights. Linear and
   * convolutional layers alone are counted.
   */
  private static long multiplyAdds(RunConfig config) {
    long batch = Math.min(config.training().hyperparameters().batchSize(), config.data().trained());
    return 3 * config.network().spec().multiplyAdds() * batch;
  }

  private static long batchBytes(RunConfig config, Payload payload) {
    long batch = Math.min(config.training().hyperparameters().batchSize(), config.data().trained());
    long example =
        switch (payload) {
          case PIXELS -> config.inputShape().size() + LABEL_BYTES;
          case IDS -> ID_BYTES;
        };
    return batch * example + RECORD_OVERHEAD_BYTES;
  }

  private static long snapshots(RunConfig config, long steps) {
    SnapshotPolicy policy = config.snapshots();
    long every = policy.everySteps() > 0 ? steps / policy.everySteps() : 0;
    long epochs = steps / config.stepsPerEpoch();
    long everyEpochs = policy.everyEpochs() > 0 ? epochs / policy.everyEpochs() : 0;
    long spaced = policy.logSpaced() ? Long.SIZE - Long.numberOfLeadingZeros(steps) : 0;
    long best = policy.best() ? epochs : 0;
    long crossings = policy.lossCrossings().size();
    long atMost = 1 + every + everyEpochs + spaced + best + crossings + (policy.end() ? 1 : 0);
    return Math.min(atMost, steps + 1);
  }

  private static OptionalLong measurements(
      MeasureGroup group, RunConfig config, OptionalLong snapshots) {
    long measures = group.keys().size();
    if (group.at().isEmpty()) {
      return map(snapshots, n -> n * measures);
    }
    if (config.snapshots().best() && group.at().contains(new Moment.Best())) {
      return map(snapshots, n -> n * measures);
    }
    long moments = group.at().stream().filter(moment -> takes(config.snapshots(), moment)).count();
    return OptionalLong.of(moments * measures);
  }

  private static boolean takes(SnapshotPolicy policy, Moment moment) {
    if (moment instanceof Moment.Crossing crossing) {
      return policy.lossCrossings().contains(crossing.trainLoss());
    }
    return moment instanceof Moment.Start || (moment instanceof Moment.End && policy.end());
  }

  static OptionalLong sum(OptionalLong a, OptionalLong b) {
    return a.isPresent() && b.isPresent()
        ? OptionalLong.of(a.getAsLong() + b.getAsLong())
        : OptionalLong.empty();
  }

  private static OptionalLong map(OptionalLong value, LongUnaryOperator f) {
    return value.isPresent()
        ? OptionalLong.of(f.applyAsLong(value.getAsLong()))
        : OptionalLong.empty();
  }
}
