package dev.gengap.cli.cluster;

import dev.gengap.protocol.v1.Submission.Wish;

/** What is wished of an experiment, in words. */
final class WishWords {
  private WishWords() {}

  /** What is wished, as the verbs say it. */
  static String verb(Wish wish) {
    return switch (wish) {
      case RUN -> "run";
      case PAUSE -> "pause";
      case CANCEL -> "cancel";
      case DELETE -> "delete";
      case WISH_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  /** What the experiment is once the wish is fulfilled. */
  static String done(Wish wish) {
    return switch (wish) {
      case RUN -> "resumed";
      case PAUSE -> "paused";
      case CANCEL -> "cancelled";
      case DELETE -> "deleted";
      case WISH_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }
}
