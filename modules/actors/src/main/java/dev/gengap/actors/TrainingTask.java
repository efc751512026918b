package dev.gengap.actors;

import dev.gengap.compute.Backend;
import dev.gengap.compute.DeviceException;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.feed.BatchPixels;
import dev.gengap.data.preprocess.PixelScaling;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.results.ExampleRow;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.streams.LaneReader;
import dev.gengap.training.EvaluationSets;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.StopRule.LossSource;
import dev.gengap.training.TrainingLoop;
import dev.gengap.training.TrainingOutcome;
import dev.gengap.training.TrainingOutcome.Reason;
import dev.gengap.training.TrainingPlan;
import dev.gengap.training.TrainingSession;
import dev.gengap.training.TrainingState;
import java.util.List;
import java.util.Optional;

/**
 * One assignment from its first step, or from where an earlier one was cut short, to its last:
 * wires lane, backend, session and publishing together and runs the training loop.
 *
 * <p>{@link #run} is confined to the trainer's thread, which opens and closes everything; {@link
 * #requestStop} and {@link #abandon} may be called from any thread.
 */
final class TrainingTask {
  private final Hosted hosted;
  private final Workplace workplace;
  private final TrainerActor.Train order;
  private final FeedDemand demand;
  private volatile boolean stopRequested;
  private volatile boolean abandoned;

  TrainingTask(Hosted hosted, TrainerActor.Train order) {
    this.hosted = hosted;
    this.workplace = hosted.setup().workplace();
    this.order = order;
    this.demand = new FeedDemand(order.feeder());
  }

  /** Ends the run after the step in hand. */
  void requestStop() {
    stopRequested = true;
  }

  /** The same; nor does it wait for a minibatch that may never come. */
  void abandon() {
    stopRequested = true;
    abandoned = true;
  }

  /** Tells the feeder once more what is wanted. */
  void remindFeeder() {
    demand.repeat();
  }

  TrainerActor.Ended run() {
    try {
      return train();
    } catch (RuntimeException e) {
      hosted.clients().renew();
      throw e;
    }
  }

  private TrainerActor.Ended train() {
    RunConfig config = order.assignment().plan().config();
    NetworkSpec network = config.network().spec();
    Hyperparameters hyperparameters = config.training().hyperparameters();
    Weights initial =
        Initialiser.of(config.network().initialiser())
            .initialise(network, config.seeds().initialisation());
    Optional<ResumePoint> from = order.assignment().from();
    long first = from.map(ResumePoint::getStep).orElse(0L);
    boolean evaluatedFull = config.training().stop().lossSource() == LossSource.FULL;
    try (ResumeStore resumeStore = workplace.resumeStore(order.assignment());
        Backend backend = backend();
        ReferenceLibrary library = new ReferenceLibrary(workplace.broker());
        LanePrefetcher lane = lane(config, library, first);
        TrainingPublisher publisher =
            new TrainingPublisher(
                hosted, order, demand, resumeStore, labels(library), () -> stopRequested);
        TrainingSession session =
            new TrainingSession(
                backend, network, hyperparameters, initial, config.seeds().dropout())) {
      EvaluationSets sets = sets(library);
      TrainingPlan plan =
          new TrainingPlan(
              order.batchesPerEpoch(),
              config.training().stop(),
              config.snapshots(),
              publisher.reportEverySteps(),
              sets);
      TrainingLoop loop = new TrainingLoop(plan, session, lane, publisher);
      Optional<TrainingState> resumed =
          from.map(
              point -> resumeStore.load(point, network, hyperparameters.rule(), evaluatedFull));
      demand.from(first);
      TrainingOutcome outcome = resumed.isPresent() ? loop.resume(resumed.get()) : loop.run();
      if (isEnd(outcome) && !publisher.isScored()) {
        publisher.finalScores(
            session.evaluate(sets.train().orElseThrow()), sets.test().map(session::evaluate));
      }
      if (outcome.reason() != Reason.STOPPED) {
        loop.history().ifPresent(history -> writeExamples(labels(library).rows(history)));
      }
      return new TrainerActor.Ended(order.assignment(), outcome, publisher.finish());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("run " + order.assignment().run() + ": interrupted", e);
    }
  }

  private TrainingLabels labels(ReferenceLibrary library) {
    ReferenceHashes references = order.references();
    return new TrainingLabels(
        library.get(references.train()).images().labels(), library.labels(references.original()));
  }

  /** Before the run counts as ended, so that whoever was killed meanwhile does it again. */
  private void writeExamples(List<ExampleRow> rows) {
    workplace.folder().run(order.assignment().plan().id()).writeExamples(rows);
  }

  private EvaluationSets sets(ReferenceLibrary library) {
    ReferenceHashes references = order.references();
    return new EvaluationSets(
        Optional.of(library.examples(references.train())),
        references.heldOut().map(library::examples),
        Optional.of(library.examples(references.test())).filter(e -> e.size() > 0));
  }

  private static boolean isEnd(TrainingOutcome outcome) {
    return outcome.reason() != Reason.STOPPED && outcome.reason() != Reason.DIVERGED;
  }

  /** Whatever keeps a backend from being made keeps the device from training. */
  private Backend backend() {
    DeviceOffer offer = order.assignment().offer();
    try {
      return offer.backends().get();
    } catch (DeviceException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new DeviceException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  private LanePrefetcher lane(RunConfig config, ReferenceLibrary library, long first) {
    RunAssignment assignment = order.assignment();
    PixelScaling scaling =
        new PixelScaling(config.preprocessing().scaling(), config.inputShape().size());
    LabelledImages train = library.get(order.references().train()).images();
    LabelledImages source =
        order.references().uncropped().map(hash -> library.get(hash).images()).orElse(train);
    BatchPixels pixels =
        new BatchPixels(
            source, train.shape(), config.augmentation(), config.seeds().augmentation());
    return new LanePrefetcher(
        "gengap-lane-" + assignment.lane(),
        () -> {
          LaneReader reader = LaneReader.open(workplace.broker(), assignment.lane());
          reader.assign(assignment.run(), assignment.incarnation(), first);
          return reader;
        },
        new BatchDecoder(train.labels(), pixels, scaling),
        () -> abandoned);
  }
}
