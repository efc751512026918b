package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.data.Examples;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.experiment.results.RunSummary;
import dev.gengap.experiment.results.RunSummary.Outcome;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class HeldOutIT {
  private static final String TEXT =
      """
      data { set = generated, train = 160, held-out = 40, test = 20 }
      condition.kind = random-labels
      training { batch-size = 8, optimiser = adam }
      snapshots { at = [start, best, end] }
      devices { threads = 1, slots = 1 }
      """;
  private static final String NETWORK =
      """
      network.layers = [
        { type = flatten }, { type = linear, out = 16 }, { type = batch_norm }, { type = relu },
        { type = dropout, p = 0.2 }, { type = linear, out = 10 }
      ]
      """;

  @TempDir private Path dir;

  @Test
  void experiment_patience_endsOnceTheHeldOutLossStopsFalling(SharedBroker.Running broker) {
    String stop = "training.stop { max-epochs = 100, patience = 3 }";
    try (Bench bench = Bench.open(broker, dir, "patience", TEXT, "network = mlp-1x8", stop)) {
      bench.complete();

      RunFiles files = bench.files(0);
      RunSummary summary = files.summary().orElseThrow();
      assertThat(summary.outcome()).isEqualTo(Outcome.EARLY_STOPPED);
      assertThat(bench.state(0).getReason()).startsWith("held-out loss not below");
      List<ProgressRow> progress = files.progress();
      int best = best(progress);
      assertThat(progress).hasSize(best + 1 + 3);
      assertThat(progress).allMatch(row -> row.heldOutAccuracy().isPresent());
      assertThat(files.snapshots().keySet()).isEqualTo(expectedSnapshots(progress));
      assertThat(summary.bestTestAccuracy().orElseThrow())
          .isEqualTo(
              progress.stream().mapToDouble(r -> r.testAccuracy().orElse(0)).max().orElse(0));
    }
  }

  @Test
  void experiment_batchNormDropoutAndAdamStopped_endAsIfTheyNeverWere(SharedBroker.Running broker)
      throws IOException {
    String stop = "training.stop { max-epochs = 25, patience = 24 }";
    try (Bench bench = Bench.open(broker, dir, "held-out", TEXT, NETWORK, stop);
        Bench undisturbed =
            bench.twin(Files.createDirectory(dir.resolve("undisturbed")), "undisturbed-held-out")) {
      try (ExperimentSystem system = bench.start()) {
        bench.awaitRecord(record -> record instanceof Progress p && p.getEpoch() > 2);
        system.stop();
        system.await();
      }
      assertThat(bench.state(0).getPhase()).isEqualTo(Phase.STOPPED);

      bench.complete();
      undisturbed.complete();

      RunResults.assertSame(bench.files(0), undisturbed.files(0));
    }
  }

  @Test
  void prepare_heldOutExamples_areTheLastAndAreNotFed(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "split", TEXT);
        Bench whole =
            Bench.open(broker, dir, "whole", TEXT.replaceAll("held-out = 40,|best,", ""));
        ReferenceLibrary library = new ReferenceLibrary(bench.connection());
        ReferenceLibrary wholes = new ReferenceLibrary(whole.connection())) {
      FeedSource.Prepared split = prepare(bench);
      FeedSource.Prepared all = prepare(whole);

      assertThat(all.references().heldOut()).isEmpty();
      int[] together =
          IntStream.concat(
                  labels(library.examples(split.references().train())),
                  labels(library.examples(split.references().heldOut().orElseThrow())))
              .toArray();
      assertThat(together)
          .as("corrupted as if none were held out")
          .isEqualTo(labels(wholes.examples(all.references().train())).toArray());
      assertThat(split.feed().batchesPerEpoch()).isEqualTo(15);
      assertThat(
              IntStream.range(0, 15)
                  .flatMap(i -> IntStream.of(split.feed().batch(i).ids()))
                  .sorted()
                  .toArray())
          .isEqualTo(IntStream.range(0, 120).toArray());
    }
  }

  private static FeedSource.Prepared prepare(Bench bench) {
    return new FeedSource(new SharedClients(bench.connection()), new DataLibrary(Optional.empty()))
        .prepare(bench.experiment().runs().get(0).config(), Payload.PIXELS);
  }

  private static IntStream labels(Examples examples) {
    return IntStream.range(0, examples.size()).map(examples::label);
  }

  /** The first row with the lowest held-out loss. */
  private static int best(List<ProgressRow> progress) {
    int best = 0;
    for (int i = 1; i < progress.size(); i++) {
      best = loss(progress, i) < loss(progress, best) ? i : best;
    }
    return best;
  }

  private static Set<Long> expectedSnapshots(List<ProgressRow> progress) {
    Set<Long> steps = new TreeSet<>(Set.of(0L, progress.get(progress.size() - 1).step()));
    for (int i = 0; i < progress.size(); i++) {
      if (best(progress.subList(0, i + 1)) == i) {
        steps.add(progress.get(i).step());
      }
    }
    return steps;
  }

  private static double loss(List<ProgressRow> progress, int row) {
    return progress.get(row).heldOutLoss().orElseThrow();
  }
}
