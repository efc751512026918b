package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.data.Examples;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.experiment.RunConfig;
import dev.gengap.experiment.results.ExampleRow;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.MeasurementRow.Status;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.network.Evaluator;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.execution.BackendRuntime;
import dev.gengap.network.safetensors.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs on corrupted data whose every evaluation has a snapshot to count again from. */
@ExtendWith(SharedBroker.class)
class MemorisationIT {
  private static final String TEXT =
      """
      data { set = generated, train = 160, test = 20 }
      network = mlp-1x32
      training { batch-size = 8, learning-rate = 0.005 }
      snapshots { every = 1 epochs, at = [start, end], keep = all }
      measures { memory { use = [optimisation, memorisation] } }
      devices { threads = 1, slots = 1 }
      """;
  private static final String PARTIAL = "condition { kind = partial-labels, p = 0.4 }";
  private static final String FULL = "training.stop { evaluate = full, max-epochs = 60 }";

  @TempDir private Path dir;

  @Test
  void experiment_partialLabels_countsWhatItsSnapshotsShow(SharedBroker.Running broker)
      throws IOException {
    try (Bench bench = Bench.open(broker, dir, "memory", TEXT, PARTIAL, FULL)) {
      bench.complete();

      RunFiles files = bench.files(0);
      List<ExampleRow> rows = files.examples();
      NavigableMap<Long, boolean[]> fits = fits(bench);
      assertThat(fits).hasSize(60);
      assertThat(rows).hasSize(160).isEqualTo(counted(fits, rows));
      assertThat(rows.stream().filter(row -> row.label() != row.originalLabel()).count())
          .as("0.4 of 160, of which a tenth are as they were")
          .isBetween(40L, 75L);
      assertMeasuresAre(new Counted(files, rows, fits));
      assertThat(value(files, 1200, "clean_first_fitted"))
          .as("what can be learned comes first")
          .isLessThan(value(files, 1200, "corrupted_first_fitted"));
      assertThat(reason(files, 0, "clean_fitted")).isEqualTo("no full evaluation yet");
    }
  }

  @Test
  void experiment_withoutFullEvaluations_tellsTheAccuraciesAlone(SharedBroker.Running broker) {
    String stop = "training.stop { max-epochs = 2 }";
    try (Bench bench = Bench.open(broker, dir, "mean", TEXT, PARTIAL, stop)) {
      bench.complete();

      RunFiles files = bench.files(0);
      assertThat(value(files, 40, "clean_accuracy")).isBetween(0.0, 1.0);
      assertThat(value(files, 40, "corrupted_true_accuracy")).isBetween(0.0, 1.0);
      assertThat(reason(files, 40, "steps_to_0.1"))
          .isEqualTo("needs the training history, which training.stop.evaluate = full keeps");
      assertThat(files.folder().resolve("examples.csv")).doesNotExist();
    }
  }

  @Test
  void experiment_randomPixels_isAllOfTheCleanPart(SharedBroker.Running broker) {
    String pixels = "condition.kind = random-pixels";
    String stop = "training.stop { evaluate = full, max-epochs = 2 }";
    try (Bench bench = Bench.open(broker, dir, "pixels", TEXT, pixels, stop)) {
      bench.complete();

      RunFiles files = bench.files(0);
      assertThat(files.examples()).allMatch(row -> row.label() == row.originalLabel());
      assertThat(value(files, 40, "clean_fitted"))
          .isEqualTo(value(files, 40, "clean_accuracy"))
          .isEqualTo(files.progress().get(1).trainAccuracy().orElseThrow());
      assertThat(reason(files, 40, "corrupted_fitted"))
          .isEqualTo("no label differs from the original one");
    }
  }

  private record Counted(
      RunFiles files, List<ExampleRow> rows, NavigableMap<Long, boolean[]> fits) {}

  private static void assertMeasuresAre(Counted counted) {
    for (long step : counted.fits().keySet()) {
      List<ExampleRow> until = counted(counted.fits().headMap(step, true), counted.rows());
      for (String part : List.of("clean", "corrupted")) {
        List<ExampleRow> of = until.stream().filter(row -> part.equals(partOf(row))).toList();
        double fitted = of.stream().filter(ExampleRow::fitted).count() / (double) of.size();
        assertThat(value(counted.files(), step, part + "_accuracy")).isEqualTo(fitted);
        assertThat(value(counted.files(), step, part + "_fitted")).isEqualTo(fitted);
      }
    }
    List<ExampleRow> fitted =
        counted.rows().stream()
            .filter(row -> "clean".equals(partOf(row)) && row.firstFitted().isPresent())
            .toList();
    long last = counted.fits().lastKey();
    assertThat(value(counted.files(), last, "clean_forgetting"))
        .isCloseTo(
            fitted.stream().mapToInt(ExampleRow::forgotten).average().orElseThrow(), within(1e-9));
    assertThat(value(counted.files(), last, "clean_first_fitted"))
        .isCloseTo(
            fitted.stream().mapToLong(r -> r.firstFitted().getAsLong()).average().orElseThrow(),
            within(1e-9));
  }

  private static String partOf(ExampleRow row) {
    return row.label() == row.originalLabel() ? "clean" : "corrupted";
  }

  /** Which examples each snapshot but that of the start fits, by step. */
  private static NavigableMap<Long, boolean[]> fits(Bench bench) throws IOException {
    RunConfig config = bench.experiment().runs().get(0).config();
    NetworkSpec network = config.network().spec();
    NavigableMap<Long, boolean[]> fits = new TreeMap<>();
    try (ReferenceLibrary library = new ReferenceLibrary(bench.connection());
        Backend backend = Nd4jBackend.create(1);
        Evaluator evaluator = new BackendRuntime(backend).evaluator(network)) {
      FeedSource.Prepared prepared =
          new FeedSource(new SharedClients(bench.connection()), new DataLibrary(Optional.empty()))
              .prepare(config, Payload.PIXELS);
      Examples train = library.examples(prepared.references().train());
      for (var snapshot : bench.files(0).snapshots().tailMap(1L).entrySet()) {
        byte[] bytes = Files.readAllBytes(snapshot.getValue());
        double[] logits = evaluator.logits(WeightsFile.decode(bytes, "snapshot", network), train);
        fits.put(snapshot.getKey(), fits(logits, train));
      }
    }
    return fits;
  }

  private static boolean[] fits(double[] logits, Examples train) {
    int classes = logits.length / train.size();
    boolean[] fits = new boolean[train.size()];
    for (int i = 0; i < fits.length; i++) {
      double[] own = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
      double most = Arrays.stream(own).max().orElseThrow();
      fits[i] = own[train.label(i)] == most;
    }
    return fits;
  }

  /** The rows that {@code fits} give, with the labels of {@code rows}. */
  private static List<ExampleRow> counted(
      NavigableMap<Long, boolean[]> fits, List<ExampleRow> rows) {
    return rows.stream()
        .map(
            row -> {
              List<Boolean> each = new ArrayList<>();
              fits.values().forEach(all -> each.add(all[row.example()]));
              OptionalLong first =
                  fits.entrySet().stream()
                      .filter(at -> at.getValue()[row.example()])
                      .mapToLong(at -> at.getKey())
                      .findFirst();
              long forgotten =
                  IntStream.range(1, each.size())
                      .filter(i -> each.get(i - 1) && !each.get(i))
                      .count();
              return new ExampleRow(
                  row.example(),
                  row.label(),
                  row.originalLabel(),
                  first,
                  (int) forgotten,
                  each.get(each.size() - 1));
            })
        .toList();
  }

  private static double value(RunFiles files, long step, String measure) {
    return row(files, step, measure).value().orElseThrow();
  }

  private static String reason(RunFiles files, long step, String measure) {
    MeasurementRow row = row(files, step, measure);
    assertThat(row.status()).isEqualTo(Status.NOT_APPLICABLE);
    return row.reason();
  }

  private static MeasurementRow row(RunFiles files, long step, String measure) {
    return files.measurements().stream()
        .filter(row -> row.step() == step && row.measure().equals(measure))
        .findFirst()
        .orElseThrow();
  }
}
