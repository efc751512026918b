package dev.gengap.actors;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.ClusterSingletonSettings;
import akka.cluster.typed.JoinSeedNodes;
import akka.cluster.typed.SingletonActor;
import com.typesafe.config.Config;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * One process of a cluster: it feeds, trains, measures and coordinates, as its roles say.
 *
 * <p>Safe for any thread. Ownership: closes what it opened, and ends its threads, before {@link
 * #close} returns. A node that the others have given up, because it fell silent, ends by itself;
 * its process may start another.
 */
public final class ClusterNode implements AutoCloseable {
  private static final String SYSTEM = "gengap";

  /** Threads wait for what computes, which looks up at every step. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Enough for a node that slept to learn that the others have given it up. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final double JITTER = 0.2;

  private final ActorSystem<Void> system;
  private final Cluster cluster;

  private ClusterNode(ActorSystem<Void> system) {
    this.system = system;
    this.cluster = Cluster.get(system);
  }

  /**
   * Starts a node, which listens and belongs to no cluster yet.
   *
   * @throws UserError if it cannot listen there
   */
  public static ClusterNode start(NodeSettings settings, ClusterKit kit) {
    Config config = ClusterConfig.of(settings);
    try {
      return new ClusterNode(ActorSystem.create(guardian(settings, kit), SYSTEM, config));
    } catch (RuntimeException e) {
      throw unbound(settings, e);
    }
  }

  private static RuntimeException unbound(NodeSettings settings, RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new UserError(
            Problem.of(
                    "",
                    "address",
                    settings.host() + ":" + settings.port(),
                    "one of this machine that is free: " + cause.getMessage())
                .withRemedy("name others with --host and --port"),
            e);
      }
    }
    return e;
  }

  private static Behavior<Void> guardian(NodeSettings settings, ClusterKit kit) {
    return Behaviors.setup(
        context -> {
          ActorSystem<Void> system = context.getSystem();
          String address = Cluster.get(system).selfMember().address().hostPort();
          ActorRef<NodeActor.Command> node =
              context.spawn(
                  NodeActor.create(address, settings.roles(), ref -> hosted(kit, ref)), "node");
          // Before the cluster is left: whoever takes over then finds all that was done.
          CoordinatedShutdown.get(system)
              .addActorTerminationTask(
                  CoordinatedShutdown.PhaseBeforeServiceUnbind(),
                  "work",
                  Adapter.toClassic(node),
                  Optional.of(NodeActor.End.INSTANCE));
          system.receptionist().tell(Receptionist.register(NodeActor.KEY, node));
          if (settings.roles().contains(Role.MEASURE)) {
            system.receptionist().tell(Receptionist.register(NodeActor.MEASURING, node));
          }
          if (settings.roles().contains(Role.COORDINATOR)) {
            ClusterSingleton.get(system).init(coordinator(system, kit));
          }
          return Behaviors.empty();
        });
  }

  private static Hosted hosted(ClusterKit kit, ExperimentRef ref) {
    ClusterExperiment experiment = kit.opening().apply(ref);
    return Hosted.of(experiment.setup(), experiment::close);
  }

  private static SingletonActor<CoordinatorActor.Command> coordinator(
      ActorSystem<Void> system, ClusterKit kit) {
    Behavior<CoordinatorActor.Command> restarting =
        Behaviors.supervise(CoordinatorActor.create(kit))
            .onFailure(
                SupervisorStrategy.restartWithBackoff(FIRST_PAUSE, LONGEST_PAUSE, JITTER)
                    .withResetBackoffAfter(FORGOTTEN));
    return SingletonActor.of(restarting, "coordinator")
        .withProps(GuardianActor.BLOCKING)
        .withSettings(ClusterSingletonSettings.create(system).withRole(Role.COORDINATOR.key()));
  }

  /** Where other nodes reach it, as host:port. */
  public String address() {
    Address address = cluster.selfMember().address();
    return address.getHost().orElseThrow() + ":" + address.getPort().orElseThrow();
  }

  /**
   * Joins the cluster of {@code seeds}, in the background, for as long as that takes.
   *
   * @param seeds host:port of nodes; the first of them, if it is this one, begins a cluster where
   *     the others know of none
   */
  public void join(List<String> seeds) {
    List<Address> addresses =
        seeds.stream()
            .map(seed -> AddressFromURIString.parse("akka://" + SYSTEM + "@" + seed))
            .toList();
    cluster.manager().tell(new JoinSeedNodes(addresses));
  }

  /** Whether it belongs to a cluster now. */
  public boolean isJoined() {
    return cluster.selfMember().status().equals(MemberStatus.up());
  }

  /** Whether it has ended because the cluster's other nodes are not of its version or brokers. */
  public boolean isRefused() {
    return CoordinatedShutdown.get(system)
        .getShutdownReason()
        .filter(CoordinatedShutdown.incompatibleConfigurationDetectedReason()::equals)
        .isPresent();
  }

  /** Completes when the node has ended, by itself or closed. */
  public CompletionStage<?> whenEnded() {
    return system.getWhenTerminated();
  }

  /** Leaves the cluster, and waits until everything of it has ended. */
  @Override
  public void close() {
    system.terminate();
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("node " + address() + ": did not end", e);
    }
  }
}
