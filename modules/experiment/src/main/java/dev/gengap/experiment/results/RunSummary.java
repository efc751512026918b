package dev.gengap.experiment.results;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gengap.core.Problem;
import dev.gengap.core.RunId;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Decimal;
import dev.gengap.experiment.Json;
import dev.gengap.experiment.RunDescription;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How a run ended.
 *
 * @param run that ended
 * @param outcome what ended it
 * @param reason of a failure; otherwise empty
 * @param steps optimiser steps done
 * @param epochs done, a fraction within one
 * @param train loss and accuracy of all training examples in evaluation mode; empty if it failed
 * @param test the same of the test examples
 * @param bestTestAccuracy the highest at the end of any epoch or of the run, in [0, 1]: what early
 *     stopping by an oracle would have had (Zhang et al. 2017, figure 2)
 */
public record RunSummary(
    RunId run,
    Outcome outcome,
    String reason,
    long steps,
    double epochs,
    Optional<Scores> train,
    Optional<Scores> test,
    OptionalDouble bestTestAccuracy) {

  /** What ended a run. */
  public enum Outcome {
    TRAIN_LOSS,
    EARLY_STOPPED,
    MAX_EPOCHS,
    MAX_STEPS,
    FAILED
  }

  /**
   * Scores of a network on one split.
   *
   * @param loss mean cross-entropy [nats]
   * @param accuracy in [0, 1]
   */
  public record Scores(double loss, double accuracy) {}

  /** Whether the run need not run again. */
  public boolean isFinished() {
    return outcome != Outcome.FAILED;
  }

  String json() {
    Map<String, Object> all = new TreeMap<>();
    all.put("run", run.value());
    all.put("outcome", RunDescription.key(outcome));
    all.put("reason", reason);
    all.put("steps", steps);
    all.put("epochs", Decimal.of(epochs));
    train.ifPresent(scores -> all.put("train", json(scores)));
    test.ifPresent(scores -> all.put("test", json(scores)));
    bestTestAccuracy.ifPresent(best -> all.put("best_test_accuracy", Decimal.of(best)));
    return Json.pretty(all);
  }

  static RunSummary parse(String place, String text) {
    JsonNode all = Json.parse(place, text);
    Outcome outcome =
        Arrays.stream(Outcome.values())
            .filter(known -> RunDescription.key(known).equals(all.path("outcome").asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        Problem.of(place, "outcome", all.path("outcome"), "a known outcome")));
    return new RunSummary(
        new RunId(all.path("run").asText()),
        outcome,
        all.path("reason").asText(),
        all.path("steps").asLong(),
        all.path("epochs").asDouble(),
        scores(all.path("train")),
        scores(all.path("test")),
        number(all.path("best_test_accuracy")));
  }

  private static Map<String, Object> json(Scores scores) {
    return Map.of("loss", Json.number(scores.loss()), "accuracy", Json.number(scores.accuracy()));
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(node.asDouble());
  }

  private static Optional<Scores> scores(JsonNode node) {
    return node.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Scores(
                Double.parseDouble(node.path("loss").asText()),
                Double.parseDouble(node.path("accuracy").asText())));
  }
}
