package dev.gengap.training;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Which of a policy's clauses ask for a snapshot at a step, in words. */
final class SnapshotReasons {
  static final String START = "start";
  static final String END = "end";
  static final String BEST = "best";

  private SnapshotReasons() {}

  /** The clauses that depend on the count of steps alone. */
  static List<String> atStep(SnapshotPolicy policy, long step) {
    List<String> reasons = new ArrayList<>();
    if (policy.everySteps() > 0 && step % policy.everySteps() == 0) {
      reasons.add("every " + policy.everySteps() + " steps");
    }
    if (policy.logSpaced() && Long.bitCount(step) == 1) {
      reasons.add("log-spaced");
    }
    return reasons;
  }

  /** The clauses that depend on the count of epochs, at the end of one. */
  static List<String> atEpochEnd(SnapshotPolicy policy, int epochs) {
    return policy.everyEpochs() > 0 && epochs % policy.everyEpochs() == 0
        ? List.of("every " + policy.everyEpochs() + " epochs")
        : List.of();
  }

  /** The first check at or below {@code threshold}. */
  static String crossing(double threshold) {
    return "train-loss <= " + plain(threshold);
  }

  /** {@code number} without exponent or trailing zeros. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
