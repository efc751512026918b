package dev.gengap.cli.cluster;

import dev.gengap.streams.SubmissionTail;
import java.time.Duration;
import java.util.function.Predicate;

/** Whether an experiment is deleted. Confined to one thread. */
final class Deletion implements Predicate<Duration> {
  private final String name;
  private final SubmissionTail tail;
  private boolean deleted;

  /**
   * @param tail the submissions, from the first record on
   */
  Deletion(String name, SubmissionTail tail) {
    this.name = name;
    this.tail = tail;
  }

  /** Looks for news, for as long as {@code wait}. */
  @Override
  public boolean test(Duration wait) {
    for (SubmissionTail.Change change : tail.poll(wait)) {
      if (change.name().equals(name)) {
        deleted = change.submission().isEmpty();
      }
    }
    return deleted && tail.caughtUp();
  }
}
