package dev.gengap.cli.cluster.node;

import dev.gengap.actors.ClusterNode;
import dev.gengap.cli.console.Console;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.streams.StreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A node's time in a cluster: how it finds the others, and shows that it is well.
 *
 * <p>Confined to one thread, but for {@link #end}. Caller closes, before the node.
 */
final class Membership implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Joining takes a few seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Whoever was to be joined may have gone meanwhile. */
  private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(15).toNanos();

  /**
   * What a membership is for.
   *
   * @param health a file to touch while the node belongs to a cluster
   * @param work once it is done, so is the membership
   * @param console hears of a cluster that cannot be joined, and of what is tried again
   */
  record Purpose(Optional<Path> health, Work work, Console console) {}

  private final ClusterNode node;
  private final Neighbours neighbours;
  private final Purpose purpose;
  private final CountDownLatch over = new CountDownLatch(1);
  private final long start = System.nanoTime();
  private List<String> asked = List.of();
  private boolean joined;
  private boolean announced;
  private boolean again;
  private long askedAgain;
  private boolean complained;

  Membership(ClusterNode node, Neighbours neighbours, Purpose purpose) {
    this.node = node;
    this.neighbours = neighbours;
    this.purpose = purpose;
    node.whenEnded().whenComplete((done, failure) -> over.countDown());
  }

  /**
   * Joins by {@code seeds}; without any, by the nodes that are known at the brokers.
   *
   * @throws UserError if the brokers cannot be asked
   */
  void join(List<String> seeds) {
    asked = seeds;
    if (seeds.isEmpty()) {
      asked = neighbours.announce(node.address());
      announced = true;
    }
    node.join(asked);
  }

  /**
   * Joins those that gave the node up, or who took their place, as soon as it can. It begins no
   * cluster of its own while they may be there, out of its reach.
   */
  void joinAgain() {
    try {
      List<String> known = neighbours.of(node.address());
      if (known.isEmpty()) {
        join(List.of());
      } else {
        asked = known;
        node.join(known);
      }
    } catch (UserError | StreamException e) {
      tell(e);
    }
    again = true;
    askedAgain = System.nanoTime();
  }

  /** The node is to leave. Called on any thread. */
  void end() {
    over.countDown();
  }

  /** Waits until the node has ended, is to, or has nothing left to do. */
  void await() throws InterruptedException {
    do {
      look();
    } while (!purpose.work().isDone()
        && !over.await(joined ? INTERVAL.toMillis() : 200, TimeUnit.MILLISECONDS));
  }

  private void look() {
    if (node.isJoined()) {
      joined = true;
      purpose.health().ifPresent(Membership::touch);
      announce();
      purpose.work().look();
    } else if (again && !joined && System.nanoTime() - askedAgain > ASK_AGAIN_NANOS) {
      joinAgain();
    }
    complain();
  }

  /** Whoever joined by seeds, or was given up, can be found from now on. */
  private void announce() {
    if (announced) {
      return;
    }
    try {
      neighbours.say(node.address());
      announced = true;
    } catch (UserError | StreamException e) {
      tell(e);
    }
  }

  private void complain() {
    if (!joined && !complained && System.nanoTime() - start > PATIENCE.toNanos()) {
      complained = true;
      purpose
          .console()
          .err()
          .println(
              "gengap: no node of "
                  + String.join(", ", asked)
                  + " has let this one in for "
                  + PATIENCE.toSeconds()
                  + " s; it tries on. Do they run, reach this one, and have the same authority or"
                  + " none (--tls-truststore)? The log says more");
    }
  }

  /** Brokers may be out of reach as others are: it tries again. */
  private void tell(RuntimeException error) {
    purpose.console().err().println("gengap: " + error.getMessage());
  }

  private static void touch(Path file) {
    try {
      if (Files.exists(file)) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      } else {
        Files.createFile(file);
      }
    } catch (IOException e) {
      throw new UserError(
          Problem.of("", "--health", file, "a file that may be written: " + e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
