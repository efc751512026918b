package dev.gengap.actors;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.core.Hashes;
import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.MeasuredSnapshot;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.SnapshotMeasures;
import dev.gengap.measures.api.Measure;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.BackendEvaluator;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures one snapshot at a time, and publishes what it finds, or why it finds nothing.
 *
 * <p>Confined to the group's worker thread, on which it opens everything at first use. Caller
 * closes, on that thread.
 */
final class MeasureWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeasureWorker.class);

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
      LongSupplier newestStep) {}

  private final Workplace workplace;
  private final List<Measure> measures;
  private final Resources resources = new Resources();
  private Tools tools;
  private Initial newestInitial;

  private record Tools(
      Backend backend,
      SnapshotReader snapshots,
      ReferenceLibrary references,
      RecordLog<Measurement> log) {}

  /** The weights of step 0 that were wanted last: all snapshots of a run want the same. */
  private record Initial(SnapshotManifest manifest, Weights weights) {}

  MeasureWorker(Workplace workplace, List<Measure> measures) {
    this.workplace = workplace;
    this.measures = List.copyOf(measures);
  }

  /**
   * Measures and publishes; what it returns is on Kafka. A snapshot that cannot be read, or a
   * measure that fails, is a failed attempt.
   *
   * @throws StreamException if nothing can be published
   */
  List<Measurement> measure(Order order) {
    Tools at = tools();
    List<Measure> wanted =
        measures.stream().filter(m -> order.attempts().containsKey(m.describe().key())).toList();
    List<Measurement> records =
        results(at, order, wanted).stream()
            .map(
                result ->
                    Records.measurement(order, result, workplace.measuring().device().toString()))
            .toList();
    records.forEach(at.log()::append);
    at.log().flush();
    return records;
  }

  private List<MeasureResult> results(Tools at, Order order, List<Measure> wanted) {
    SnapshotManifest manifest = order.manifest();
    try {
      NetworkSpec network = NetworkLanguage.parse(manifest.getNetwork(), "manifest");
      MeasuredSnapshot snapshot =
          new MeasuredSnapshot(
              network,
              weights(at, manifest, network),
              order.initial().map(initial -> initial(at, initial, network)),
              Optional.of(at.references().examples(manifest.getTrainReference())),
              Optional.of(at.references().examples(manifest.getTestReference()))
                  .filter(examples -> examples.size() > 0),
              0);
      try (BackendEvaluator evaluator =
          new BackendEvaluator(at.backend(), network, Precision.FLOAT64)) {
        return SnapshotMeasures.run(wanted, snapshot, evaluator);
      }
    } catch (RuntimeException e) {
      LOG.warn("run {}, step {}: not measured", manifest.getRun(), manifest.getStep(), e);
      return wanted.stream()
          .map(m -> new MeasureResult(m.describe(), new Outcome.Failed(e.toString()), 0))
          .toList();
    }
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
      Backend backend = workplace.measuring().backends().get();
      resources.add(backend::close);
      SnapshotReader snapshots = SnapshotReader.open(workplace.broker());
      resources.add(snapshots::close);
      ReferenceLibrary references = new ReferenceLibrary(workplace.broker());
      resources.add(references::close);
      RecordLog<Measurement> log = RecordLog.open(workplace.broker(), RecordTypes.MEASUREMENTS);
      resources.add(log::close);
      tools = new Tools(backend, snapshots, references, log);
    }
    return tools;
  }

  @Override
  public void close() {
    resources.close();
  }
}
