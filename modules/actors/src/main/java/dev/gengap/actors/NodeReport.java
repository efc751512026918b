package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import dev.gengap.compute.DeviceException;
import dev.gengap.experiment.Device;
import dev.gengap.training.TrainingOutcome;
import java.util.List;
import java.util.Set;

/** What a node tells the coordinator of its experiment. */
sealed interface NodeReport {

  /**
   * The node is ready to work.
   *
   * @param node who takes orders
   * @param address for people
   * @param roles what it does
   * @param devices what it trains on, in the order that orders name them by
   */
  record Described(
      ActorRef<NodeActor.Command> node, String address, Set<Role> roles, List<Offered> devices)
      implements NodeReport {
    public Described {
      roles = Set.copyOf(roles);
      devices = List.copyOf(devices);
    }
  }

  /**
   * A device of a node.
   *
   * @param device which one
   * @param slots runs that fill it where the experiment file does not say how many, ≥ 1
   */
  record Offered(Device device, int slots) {}

  /** The node cannot work on this experiment. */
  record Unfit(String address, Throwable cause) implements NodeReport {}

  /** Everything the node works on, or has reported and not been released from; sent regularly. */
  record Holding(ActorRef<NodeActor.Command> node, Set<Attempt> attempts) implements NodeReport {
    public Holding {
      attempts = Set.copyOf(attempts);
    }
  }

  /** What is about one attempt; told again until the attempt is released. */
  sealed interface OfAttempt extends NodeReport {
    Attempt attempt();
  }

  /**
   * The feed is ready to flow.
   *
   * @param references content hashes of its reference sets
   * @param batchesPerEpoch minibatches in one epoch
   * @param feeder who wants to know how far it is consumed
   */
  record FeedReady(
      Attempt attempt,
      ReferenceHashes references,
      int batchesPerEpoch,
      ActorRef<FeederActor.Command> feeder)
      implements OfAttempt {}

  /** There is no feed, or no longer. */
  record FeedFailed(Attempt attempt, Throwable cause) implements OfAttempt {}

  /** Training came to an end, and everything it took is on Kafka. */
  record Ended(Attempt attempt, TrainingOutcome outcome, List<Long> snapshotSteps)
      implements OfAttempt {}

  /** The device failed: what it trained has to go on elsewhere. */
  record DeviceFailed(Attempt attempt, DeviceException cause) implements OfAttempt {}

  /** Training broke off for another reason. */
  record Crashed(Attempt attempt, Throwable cause) implements OfAttempt {}
}
