package dev.gengap.experiment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment of a run that its file can name: its start, its end, its best, a crossing. */
public sealed interface Moment {
  /** Step 0. */
  record Start() implements Moment {
    @Override
    public String toString() {
      return "start";
    }
  }

  /** After the last step. */
  record End() implements Moment {
    @Override
    public String toString() {
      return "end";
    }
  }

  /** The end of an epoch whose held-out loss is lower than at the end of any before. */
  record Best() implements Moment {
    @Override
    public String toString() {
      return "best";
    }
  }

  /**
   * The first check that finds the training loss at or below a threshold.
   *
   * @param trainLoss the threshold [nats], &gt; 0
   */
  record Crossing(double trainLoss) implements Moment {
    private static final Pattern FORM = Pattern.compile("train-loss\\s*<=\\s*(\\S+)");

    @Override
    public String toString() {
      return "train-loss <= " + Decimal.text(trainLoss);
    }
  }

  /** What {@link #parse} understands, for messages. */
  String FORMS = "start, end, best or \"train-loss <= x\" with x > 0";

  /** The moment written as {@code text}; empty if it is none of {@link #FORMS}. */
  static Optional<Moment> parse(String text) {
    if (text.equals("start")) {
      return Optional.of(new Start());
    }
    if (text.equals("end")) {
      return Optional.of(new End());
    }
    if (text.equals("best")) {
      return Optional.of(new Best());
    }
    Matcher crossing = Crossing.FORM.matcher(text);
    if (!crossing.matches()) {
      return Optional.empty();
    }
    return Decimal.parse(crossing.group(1)).filter(x -> x > 0).map(Crossing::new);
  }
}
