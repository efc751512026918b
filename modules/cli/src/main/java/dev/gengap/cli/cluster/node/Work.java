package dev.gengap.cli.cluster.node;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.streams.Submissions;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is submitted to the cluster, as far as a node that ends with it needs to know.
 *
 * <p>Confined to one thread. Caller closes.
 */
final class Work implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  /** A coordinator corrects within that time what one that woke up late has noted. */
  private static final int LOOKS = 2;

  private final Optional<Submissions> submissions;
  private List<Submission> last = List.of();
  private int looksDone;

  private Work(Optional<Submissions> submissions) {
    this.submissions = submissions;
  }

  /** Work that is never done. */
  static Work endless() {
    return new Work(Optional.empty());
  }

  /** Work that is done once coordinators have nothing more to do for anything submitted. */
  static Work untilDone(NodeKit kit) {
    return new Work(Optional.of(kit.submissions().get()));
  }

  /** Looks at what is submitted now; what cannot be read just now is not done. */
  void look() {
    if (submissions.isEmpty()) {
      return;
    }
    try {
      last = submissions.get().all();
      looksDone = last.stream().allMatch(Submission::getSettled) ? looksDone + 1 : 0;
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("what is submitted cannot be read, and is looked at again", e);
      looksDone = 0;
    }
  }

  /** Whether it was all done at each of the last looks. */
  boolean isDone() {
    return looksDone >= LOOKS;
  }

  /**
   * @throws UserError if something submitted could not be done
   */
  void requireNoProblem() {
    List<Problem> problems =
        last.stream()
            .filter(submission -> !submission.getProblem().isEmpty())
            .map(
                submission ->
                    Problem.of(
                            "",
                            "experiment " + submission.getName(),
                            submission.getProblem(),
                            "one that can run")
                        .withRemedy("mend that and submit it again"))
            .toList();
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
  }

  @Override
  public void close() {
    submissions.ifPresent(Submissions::close);
  }
}
