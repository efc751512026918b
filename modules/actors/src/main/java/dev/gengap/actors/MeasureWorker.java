package dev.gengap.actors;

import dev.gengap.core.Hashes;
import dev.gengap.core.UserError;
import dev.gengap.data.Examples;
import dev.gengap.measures.MeasureListener;
import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.MeasureRunner;
import dev.gengap.measures.MeasuredSnapshot;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.TrainingRecord;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.safetensors.WeightsFile;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.RecordLog;
import dev.gengap.streams.RecordTypes;
import dev.gengap.streams.SnapshotReader;
import dev.gengap.streams.StreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures one snapshot at a time, and publishes what it finds, or why it finds nothing.
 *
 * <p>Confined to the group's worker thread, on which it opens everything at first use, but for
 * {@link #cancel}. Caller closes, on that thread.
 */
final class MeasureWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeasureWorker.class);

  /** The same for every snapshot, so that differences between them are no noise. */
  private static final long SEED = 0;

  /** A measure that takes longer is announced in the log. */
  private static final double LONG_SECONDS = 5;

  /**
   * A snapshot to measure.
   *
   * @param manifest announces it
   * @param initial announces the same run's step 0, where known
   * @param attempts the measures wanted, in order, each with the number of this attempt
   * @param newestStep the run's newest step, to be asked when values are published
   */
  record Order(
      SnapshotManifest manifest,
      Optional<SnapshotManifest> initial,
      Map<String, Integer> attempts,
      LongSupplier newestStep) {
    @Override
    public String toString() {
      return "run " + manifest.getRun() + ", step " + manifest.getStep();
    }
  }

  private final Workplace workplace;
  private final GroupSetup setup;
  private final Resources resources = new Resources();
  private Tools tools;
  private Initial newestInitial;
  private volatile boolean cancelled;

  private record Tools(
      MeasureRunner runner,
      SnapshotReader snapshots,
      ReferenceLibrary references,
      RecordLog<Measurement> log) {}

  /** The weights of step 0 that were wanted last: all snapshots of a run want the same. */
  private record Initial(SnapshotManifest manifest, Weights weights) {}

  MeasureWorker(GroupSetup setup) {
    this.setup = setup;
    this.workplace = setup.workplace();
  }

  /**
   * Lets {@link #measure} return after the measure in hand, or without it if it is of a plugin.
   * Called on any thread.
   */
  void cancel() {
    cancelled = true;
  }

  /**
   * Measures and publishes; what it returns is on Kafka. A snapshot that cannot be read, or a
   * measure that fails, is a failed attempt.
   *
   * @throws StreamException if nothing can be published
   * @throws UserError if there is nothing to measure on
   */
  List<Measurement> measure(Order order) {
    Tools at = tools();
    Publication publication = new Publication(order, at.log());
    List<Measure> wanted =
        setup.measures().stream()
            .filter(measure -> order.attempts().containsKey(measure.describe().key()))
            .toList();
    Optional<MeasuredSnapshot> snapshot = Optional.empty();
    try {
      snapshot = Optional.of(snapshot(at, order));
    } catch (RuntimeException e) {
      publication.failAll(wanted, e);
    }
    snapshot.ifPresent(read -> measure(at, read, wanted, publication));
    at.log().flush();
    return publication.all();
  }

  private void measure(
      Tools at, MeasuredSnapshot snapshot, List<Measure> wanted, Publication publication) {
    try {
      at.runner().run(publication.order.manifest().getRun(), snapshot, wanted, publication);
    } catch (StreamException | UserError | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      publication.failAll(wanted, e);
    }
  }

  /** Publishes results as they come. */
  private final class Publication implements MeasureListener {
    private final Order order;
    private final RecordLog<Measurement> log;
    private final Map<String, Measurement> published = new LinkedHashMap<>();

    private Publication(Order order, RecordLog<Measurement> log) {
      this.order = order;
      this.log = log;
    }

    @Override
    public void begins(MeasureDescription measure, double seconds) {
      if (seconds > LONG_SECONDS) {
        LOG.info("{}: {} takes about {} s", order, measure.key(), Math.round(seconds));
      }
    }

    @Override
    public void ended(MeasureResult result) {
      String device = workplace.measuring().device().toString();
      Measurement record = Records.measurement(order, result, device);
      log.append(record);
      published.put(result.key(), record);
    }

    @Override
    public boolean cancelled() {
      return cancelled;
    }

    /** Fails those of {@code wanted} that have not ended. */
    private void failAll(List<Measure> wanted, RuntimeException cause) {
      LOG.warn("{}: not measured", order, cause);
      wanted.stream()
          .map(Measure::describe)
          .filter(measure -> !published.containsKey(measure.key()))
          .forEach(
              measure ->
                  ended(
                      new MeasureResult(
                          measure,
                          setup.group().settings(),
                          SEED,
                          new Outcome.Failed(cause.toString()),
                          0)));
    }

    private List<Measurement> all() {
      return List.copyOf(published.values());
    }
  }

  private MeasuredSnapshot snapshot(Tools at, Order order) {
    SnapshotManifest manifest = order.manifest();
    NetworkSpec network = NetworkLanguage.parse(manifest.getNetwork(), "manifest");
    return new MeasuredSnapshot(
        network,
        weights(at, manifest, network),
        order.initial().map(initial -> initial(at, initial, network)),
        examples(at, manifest.getTrainReference()),
        examples(at, manifest.getTestReference()),
        SEED,
        setup.group().settings(),
        new TrainingRecord(originalLabels(at, manifest), Histories.of(manifest)));
  }

  private static Optional<int[]> originalLabels(Tools at, SnapshotManifest manifest) {
    String content = manifest.getOriginalReference();
    return content.isEmpty() ? Optional.empty() : Optional.of(at.references().labels(content));
  }

  /** Whoever publishes snapshots may have published no examples with them. */
  private static Optional<Examples> examples(Tools at, String content) {
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(at.references().examples(content)).filter(examples -> examples.size() > 0);
  }

  private Weights initial(Tools at, SnapshotManifest manifest, NetworkSpec network) {
    if (newestInitial == null || !newestInitial.manifest().equals(manifest)) {
      newestInitial = new Initial(manifest, weights(at, manifest, network));
    }
    return newestInitial.weights();
  }

  private Weights weights(Tools at, SnapshotManifest manifest, NetworkSpec network) {
    String origin = "snapshot " + manifest.getRun() + "/" + manifest.getStep();
    return WeightsFile.decode(bytes(at, manifest), origin, network);
  }

  /** From Kafka, or from the run folder once Kafka no longer keeps it. */
  private byte[] bytes(Tools at, SnapshotManifest manifest) {
    try {
      return at.snapshots().fetch(manifest);
    } catch (StreamException e) {
      Path file = workplace.folder().path().resolve(manifest.getFile());
      if (manifest.getFile().isEmpty() || !Files.isRegularFile(file)) {
        throw e;
      }
      return verified(file, manifest, e);
    }
  }

  private static byte[] verified(Path file, SnapshotManifest manifest, StreamException why) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (Hashes.sha256(bytes).equals(manifest.getSha256())) {
        return bytes;
      }
      throw new StreamException(file + ": SHA-256 (expected: " + manifest.getSha256() + ")", why);
    } catch (IOException e) {
      why.addSuppressed(e);
      throw why;
    }
  }

  private Tools tools() {
    if (tools == null) {
      MeasureRunner runner = new MeasureRunner(workplace.measuring().backends());
      resources.add(runner::close);
      SnapshotReader snapshots = SnapshotReader.open(workplace.broker());
      resources.add(snapshots::close);
      ReferenceLibrary references = new ReferenceLibrary(workplace.broker());
      resources.add(references::close);
      RecordLog<Measurement> log = RecordLog.open(workplace.broker(), RecordTypes.MEASUREMENTS);
      resources.add(log::close);
      tools = new Tools(runner, snapshots, references, log);
    }
    return tools;
  }

  @Override
  public void close() {
    resources.close();
  }
}
