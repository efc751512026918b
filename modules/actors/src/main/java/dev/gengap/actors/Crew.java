package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import dev.gengap.compute.DeviceException;
import dev.gengap.core.UserError;
import dev.gengap.experiment.RunPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices and their trainers, one for each slot, the feeders of the runs in hand, and who works
 * on which run.
 *
 * <p>Confined to the experiment actor, whose children they are and who hears of a feeder's failure.
 */
final class Crew {

  /** An assignment under way; before it trains, only its feeder is at work. */
  private record Attempt(
      RunAssignment assignment, ActorRef<FeederActor.Command> feeder, boolean trains) {}

  private final ActorContext<ExperimentActor.Command> context;
  private final ExperimentSetup setup;
  private final FeedSource feeds;
  private final ActorRef<FeederActor.Prepared> feedReady;
  private final ActorRef<TrainerActor.Report> reported;
  private final List<ActorRef<TrainerActor.Command>> trainers = new ArrayList<>();
  private final SlotPool slots;
  private final Map<String, Attempt> attempts = new HashMap<>();

  /**
   * Starts the trainers.
   *
   * @param feedReady hears of feeds that are ready to flow
   * @param reported hears how attempts at training ended
   */
  Crew(
      ActorContext<ExperimentActor.Command> context,
      ExperimentSetup setup,
      ActorRef<FeederActor.Prepared> feedReady,
      ActorRef<TrainerActor.Report> reported) {
    this.context = context;
    this.setup = setup;
    this.feeds = new FeedSource(setup.workplace().broker(), setup.workplace().data());
    this.feedReady = feedReady;
    this.reported = reported;
    this.slots = setup.slotPool();
    for (DeviceSlot slot : slots.slots()) {
      trainers.add(
          context.spawn(
              TrainerActor.create(setup, slot.number()),
              "trainer-" + slot.number(),
              GuardianActor.BLOCKING));
    }
  }

  /** Takes a slot for {@code run}, if a device has room for it. */
  Optional<DeviceSlot> slotFor(RunPlan run) {
    return slots.take(run);
  }

  /** What the user has to know if no device is left that may train {@code run}. */
  Optional<UserError> hopeless(RunPlan run) {
    return slots.mayTrain(run) ? Optional.empty() : Optional.of(slots.noneFor(run));
  }

  /** The device of {@code assignment} has failed: it gets no more runs. */
  void retire(RunAssignment assignment, DeviceException failure) {
    slots.retire(assignment.slot(), failure);
  }

  /** Whether nothing is at work. */
  boolean isIdle() {
    return attempts.isEmpty();
  }

  /** Lets a feeder prepare the feed of {@code assignment}, whose slot is taken. */
  void prepare(RunAssignment assignment) {
    Behavior<FeederActor.Command> behavior =
        FeederActor.create(
            assignment, feeds, setup.workplace().broker(), setup.experiment().feed());
    ActorRef<FeederActor.Command> feeder =
        context.spawn(
            behavior,
            "feeder-" + assignment.run() + "-" + assignment.incarnation(),
            GuardianActor.BLOCKING);
    context.watch(feeder);
    attempts.put(assignment.run(), new Attempt(assignment, feeder, false));
    feeder.tell(new FeederActor.Prepare(feedReady));
  }

  /** Lets the trainer begin, unless the attempt was given up meanwhile. */
  void train(FeederActor.Prepared prepared) {
    Attempt attempt = attempts.get(prepared.run());
    if (attempt == null || attempt.assignment().incarnation() != prepared.incarnation()) {
      return;
    }
    attempts.put(prepared.run(), new Attempt(attempt.assignment(), attempt.feeder(), true));
    trainer(attempt)
        .tell(
            new TrainerActor.Train(
                attempt.assignment(),
                prepared.references(),
                prepared.batchesPerEpoch(),
                attempt.feeder(),
                reported));
  }

  /** Ends the attempt at {@code run}: its feeder stops and its slot is free again. */
  void release(String run) {
    Attempt attempt = attempts.remove(run);
    context.unwatch(attempt.feeder());
    attempt.feeder().tell(FeederActor.Stop.INSTANCE);
    slots.release(attempt.assignment().slot());
  }

  /**
   * A feeder has failed: what it feeds is over.
   *
   * @return the assignment that ends here and now; empty if its trainer will report it
   */
  Optional<RunAssignment> orphan(ActorRef<?> feeder, Throwable cause) {
    Optional<Attempt> orphan =
        attempts.values().stream()
            .filter(attempt -> attempt.feeder().path().equals(feeder.path()))
            .findAny();
    orphan
        .filter(Attempt::trains)
        .ifPresent(attempt -> trainer(attempt).tell(new TrainerActor.Abort(cause)));
    return orphan.filter(attempt -> !attempt.trains()).map(Attempt::assignment);
  }

  /**
   * Asks every trainer to stop at its next step.
   *
   * @return the assignments that do not train yet
   */
  List<RunAssignment> stop() {
    trainers.forEach(trainer -> trainer.tell(TrainerActor.Stop.INSTANCE));
    return attempts.values().stream()
        .filter(attempt -> !attempt.trains())
        .map(Attempt::assignment)
        .toList();
  }

  private ActorRef<TrainerActor.Command> trainer(Attempt attempt) {
    return trainers.get(attempt.assignment().slot().number());
  }
}
