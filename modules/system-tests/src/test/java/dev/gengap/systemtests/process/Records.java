package dev.gengap.systemtests.process;

import dev.gengap.compute.Backend;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.Preprocessing.Scaling;
import dev.gengap.data.preprocess.PreprocessedExamples;
import dev.gengap.network.Evaluator;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.BackendRuntime;
import dev.gengap.network.safetensors.WeightsFile;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordTail;
import dev.gengap.streams.RecordTypes;
import dev.gengap.streams.ReferenceSet;
import dev.gengap.streams.ReferenceSets;
import dev.gengap.streams.SnapshotReader;
import dev.gengap.streams.StreamsConfig;
import dev.gengap.streams.TopicSettings;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a broker holds of one experiment. Confined to one thread. Caller closes. */
public final class Records implements AutoCloseable {
  private final BrokerConnection connection;

  /** Of {@code experiment} at {@code bootstrap}. */
  public Records(String bootstrap, String experiment) {
    this.connection = BrokerConnection.open(StreamsConfig.of(bootstrap, experiment));
  }

  /** Fails where a topic is not as Gengap would have made it. */
  public void checkTopics() {
    connection.createTopics(0, TopicSettings.of(1));
  }

  /** The newest announcement of every snapshot. */
  public Collection<SnapshotManifest> manifests() {
    Map<String, SnapshotManifest> newest = new LinkedHashMap<>();
    try (var tail = RecordTail.open(connection, RecordTypes.SNAPSHOTS)) {
      tail.readToEnd().forEach(found -> newest.put(found.getRun() + "/" + found.getStep(), found));
    }
    return newest.values();
  }

  /** The measurements by {@code measure}, attempts that failed included, in their order. */
  public List<Measurement> measurements(String measure) {
    try (var tail = RecordTail.open(connection, RecordTypes.MEASUREMENTS)) {
      return tail.readToEnd().stream().filter(found -> found.getMeasure().equals(measure)).toList();
    }
  }

  /** The weights a manifest announces. */
  public Weights weights(SnapshotManifest manifest) {
    try (var reader = SnapshotReader.open(connection)) {
      return WeightsFile.decode(reader.fetch(manifest), "snapshot", network(manifest));
    }
  }

  /** What the network of {@code manifest} makes of a reference set: (example, class). */
  public double[] logits(SnapshotManifest manifest, String content) {
    try (ReferenceSets sets = ReferenceSets.open(connection);
        Backend backend = Nd4jBackend.create(1);
        Evaluator evaluator = new BackendRuntime(backend).evaluator(network(manifest))) {
      return evaluator.logits(weights(manifest), examples(sets.fetch(content)));
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  private static NetworkSpec network(SnapshotManifest manifest) {
    return NetworkLanguage.parse(manifest.getNetwork(), "manifest");
  }

  private static PreprocessedExamples examples(ReferenceSet set) {
    ReferenceSet.Shape shape = set.shape();
    int[] labels = new int[set.labels().length];
    Arrays.setAll(labels, i -> set.labels()[i] & 0xFF);
    LabelledImages images =
        new LabelledImages(
            new ImageShape(shape.channels(), shape.height(), shape.width()),
            shape.classes(),
            set.images(),
            labels);
    return new PreprocessedExamples(images, Scaling.of(shape.scaling()));
  }
}
