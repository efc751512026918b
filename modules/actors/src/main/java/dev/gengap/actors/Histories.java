package dev.gengap.actors;

import dev.gengap.measures.api.History;
import dev.gengap.protocol.v1.LossReached;
import dev.gengap.protocol.v1.PartHistory;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.training.ExampleHistory;
import dev.gengap.training.TrainingHistory;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** How training went, as snapshots carry it from trainers to measures. */
final class Histories {
  private Histories() {}

  /** What the trainer found, summed over the examples with original labels and over the others. */
  static dev.gengap.protocol.v1.TrainingHistory message(
      TrainingHistory found, TrainingLabels labels) {
    var message =
        dev.gengap.protocol.v1.TrainingHistory.newBuilder()
            .setEvaluations(found.evaluations())
            .setClean(part(found, i -> !labels.isCorrupted(i)))
            .setCorrupted(part(found, labels::isCorrupted));
    found
        .firstSteps()
        .forEach(
            (loss, step) ->
                message.addReached(LossReached.newBuilder().setLoss(loss).setStep(step)));
    return message.build();
  }

  private static PartHistory part(TrainingHistory found, IntPredicate belongs) {
    PartHistory.Builder part = PartHistory.newBuilder();
    for (int i = 0; i < found.examples().size(); i++) {
      if (belongs.test(i)) {
        add(found.examples().get(i), part);
      }
    }
    return part.build();
  }

  private static void add(ExampleHistory example, PartHistory.Builder to) {
    to.setExamples(to.getExamples() + 1)
        .setFitted(to.getFitted() + (example.fitted() ? 1 : 0))
        .setEverFitted(to.getEverFitted() + (example.firstFitted().isPresent() ? 1 : 0))
        .setFirstFittedSteps(to.getFirstFittedSteps() + example.firstFitted().orElse(0))
        .setEverForgotten(to.getEverForgotten() + (example.forgotten() > 0 ? 1 : 0))
        .setForgotten(to.getForgotten() + example.forgotten());
  }

  /** What the manifest of a snapshot says of the training before it. */
  static Optional<History> of(SnapshotManifest manifest) {
    if (!manifest.hasHistory()) {
      return Optional.empty();
    }
    var message = manifest.getHistory();
    SortedMap<Double, Long> firstSteps = new TreeMap<>();
    message
        .getReachedList()
        .forEach(reached -> firstSteps.put(reached.getLoss(), reached.getStep()));
    return Optional.of(
        new History(
            message.getEvaluations(),
            firstSteps,
            part(message.getClean()),
            part(message.getCorrupted())));
  }

  private static History.Part part(PartHistory of) {
    return new History.Part(
        of.getExamples(),
        of.getFitted(),
        of.getEverFitted(),
        of.getFirstFittedSteps(),
        of.getEverForgotten(),
        of.getForgotten());
  }
}
