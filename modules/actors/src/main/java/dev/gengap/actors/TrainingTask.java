package dev.gengap.actors;

import dev.gengap.compute.Backend;
import dev.gengap.data.Examples;
import dev.gengap.data.preprocess.PixelScaling;
import dev.gengap.experiment.RunConfig;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.streams.LaneReader;
import dev.gengap.training.TrainingLoop;
import dev.gengap.training.TrainingOutcome;
import dev.gengap.training.TrainingOutcome.Reason;
import dev.gengap.training.TrainingPlan;
import dev.gengap.training.TrainingSession;
import dev.gengap.training.TrainingState;
import java.util.Optional;

/**
 * One assignment from its first step, or from where an earlier one was cut short, to its last:
 * wires lane, backend, session and publishing together and runs the training loop.
 *
 * <p>{@link #run} is confined to the trainer's thread, which opens and closes everything; {@link
 * #requestStop} and {@link #abandon} may be called from any thread.
 */
final class TrainingTask {
  private final ExperimentSetup setup;
  private final Workplace workplace;
  private final TrainerActor.Train order;
  private volatile boolean stopRequested;
  private volatile boolean abandoned;

  TrainingTask(ExperimentSetup setup, TrainerActor.Train order) {
    this.setup = setup;
    this.workplace = setup.workplace();
    this.order = order;
  }

  /** Ends the run after the step in hand. */
  void requestStop() {
    stopRequested = true;
  }

  /** The same; nor does it wait for a minibatch that may never come. */
  void abandon() {
    abandoned = true;
    stopRequested = true;
  }

  TrainerActor.Ended run() {
    RunConfig config = order.assignment().plan().config();
    NetworkSpec network = config.network().spec();
    Weights initial =
        Initialiser.of(config.network().initialiser())
            .initialise(network, config.seeds().initialisation());
    ResumePoints resumePoints = workplace.resumePoints(order.assignment().plan().id());
    Optional<TrainingState> resumed = resumePoints.load(network);
    try (Backend backend = workplace.backends().get();
        ReferenceLibrary library = new ReferenceLibrary(workplace.broker());
        LanePrefetcher lane = lane(config, resumed.map(TrainingState::step).orElse(0L));
        TrainingPublisher publisher =
            new TrainingPublisher(setup, order, resumePoints, () -> stopRequested);
        TrainingSession session =
            new TrainingSession(backend, network, config.training().sgd(), initial)) {
      Examples train = library.examples(order.references().train());
      Optional<Examples> test =
          Optional.of(library.examples(order.references().test())).filter(e -> e.size() > 0);
      TrainingPlan plan =
          new TrainingPlan(
              order.batchesPerEpoch(),
              config.training().stop(),
              config.snapshots(),
              publisher.reportEverySteps(),
              Optional.of(train),
              test);
      TrainingLoop loop = new TrainingLoop(plan, session, lane, publisher);
      publisher.wantFrom(resumed.map(TrainingState::step).orElse(0L));
      TrainingOutcome outcome = resumed.isPresent() ? loop.resume(resumed.get()) : loop.run();
      if (isEnd(outcome) && !publisher.isScored()) {
        publisher.finalScores(session.evaluate(train), test.map(session::evaluate));
      }
      return new TrainerActor.Ended(order.assignment(), outcome, publisher.finish());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("run " + order.assignment().run() + ": interrupted", e);
    }
  }

  private static boolean isEnd(TrainingOutcome outcome) {
    return outcome.reason() != Reason.STOPPED && outcome.reason() != Reason.DIVERGED;
  }

  private LanePrefetcher lane(RunConfig config, long first) {
    RunAssignment assignment = order.assignment();
    int features = config.inputShape().size();
    return new LanePrefetcher(
        "gengap-lane-" + assignment.slot(),
        () -> {
          LaneReader reader = LaneReader.open(workplace.broker(), assignment.slot());
          reader.assign(assignment.run(), assignment.incarnation(), first);
          return reader;
        },
        new PixelScaling(config.preprocessing().scaling(), features),
        config.training().sgd().batchSize() * features,
        () -> abandoned);
  }
}
