package dev.gengap.streams;

import com.google.protobuf.ByteString;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.ReferenceManifest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Publishes each reference set once and fetches it by the hash of its content. Sets that differ
 * only in their labels share their images.
 *
 * <p>Confined to one thread. Ownership: the caller closes it.
 */
public final class ReferenceSets implements AutoCloseable {
  /** Most examples of a set: their labels travel in one record. */
  public static final int MAX_EXAMPLES = 900_000;

  private final RecordTail<ReferenceManifest> tail;
  private final Supplier<Writer> writers;
  private Optional<Writer> writer = Optional.empty();
  private final ChunkFetcher fetcher;
  private final Map<String, ReferenceManifest> byContent = new HashMap<>();

  /** Opened by the first set published: most who open reference sets only read them. */
  private record Writer(RecordLog<ReferenceManifest> log, ChunkPublisher chunks) {}

  private ReferenceSets(BrokerConnection connection) {
    StreamsConfig config = connection.config();
    String topic = config.topics().name(TopicKind.REFERENCE_CHUNKS);
    this.tail = RecordTail.open(connection, RecordTypes.REFERENCES);
    this.writers =
        () ->
            new Writer(
                RecordLog.open(connection, RecordTypes.REFERENCES),
                new ChunkPublisher(connection, topic, "reference-writer"));
    this.fetcher = new ChunkFetcher(config, topic, "reference-reader");
  }

  /** Opens the experiment's reference sets. */
  public static ReferenceSets open(BrokerConnection connection) {
    return new ReferenceSets(connection);
  }

  /**
   * Publishes a set unless the broker has it; returns once it can be fetched.
   *
   * @throws IllegalArgumentException if there are more than {@value #MAX_EXAMPLES} examples
   * @throws StreamException if it could not be delivered
   */
  public ReferenceManifest publish(ReferenceSet set) {
    if (set.labels().length > MAX_EXAMPLES) {
      throw new IllegalArgumentException(
          "examples: " + set.labels().length + " (expected: at most " + MAX_EXAMPLES + ")");
    }
    refresh();
    String imagesHash = set.imagesHash();
    String content = set.contentHash(imagesHash);
    ReferenceManifest published = byContent.get(content);
    if (published != null) {
      return published;
    }
    ReferenceManifest manifest = manifest(set, content, images(set, imagesHash));
    writer().log().append(manifest);
    writer().log().flush();
    byContent.put(content, manifest);
    return manifest;
  }

  /**
   * The set of that content, checked against its hashes.
   *
   * @throws StreamException if it was not published, or is damaged
   */
  public ReferenceSet fetch(String content) {
    ReferenceManifest manifest = manifest(content);
    byte[] images = fetcher.fetch(location(manifest));
    return new ReferenceSet(shape(manifest), manifest.getLabels().toByteArray(), images);
  }

  /**
   * The labels of the set of that content, 0 … classes − 1, one byte each, checked against its
   * hash; its images are not fetched.
   *
   * @throws StreamException if it was not published, or is damaged
   */
  public byte[] labels(String content) {
    return manifest(content).getLabels().toByteArray();
  }

  private ReferenceManifest manifest(String content) {
    if (!byContent.containsKey(content)) {
      refresh();
    }
    ReferenceManifest manifest = byContent.get(content);
    if (manifest == null) {
      throw new StreamException(
          "reference set: " + content + " (expected: one that was published)");
    }
    String found =
        ReferenceSet.contentHash(
            shape(manifest), manifest.getLabels().toByteArray(), manifest.getImages());
    if (!found.equals(content)) {
      throw new StreamException("reference set: " + found + " (expected: " + content + ")");
    }
    return manifest;
  }

  private static ReferenceSet.Shape shape(ReferenceManifest manifest) {
    return new ReferenceSet.Shape(
        manifest.getChannels(),
        manifest.getHeight(),
        manifest.getWidth(),
        manifest.getClasses(),
        manifest.getScaling());
  }

  @Override
  public void close() {
    tail.close();
    writer.ifPresent(
        opened -> {
          opened.log().close();
          opened.chunks().close();
        });
    fetcher.close();
  }

  private Writer writer() {
    if (writer.isEmpty()) {
      writer = Optional.of(writers.get());
    }
    return writer.get();
  }

  private void refresh() {
    for (ReferenceManifest manifest : tail.readToEnd()) {
      byContent.put(manifest.getContent(), manifest);
    }
  }

  private ChunkLocation images(ReferenceSet set, String imagesHash) {
    Optional<ReferenceManifest> sharing =
        byContent.values().stream()
            .filter(manifest -> manifest.getImages().equals(imagesHash))
            .findAny();
    return sharing.isPresent()
        ? location(sharing.get())
        : writer().chunks().publish(imagesHash, imagesHash + "/" + UUID.randomUUID(), set.images());
  }

  private static ChunkLocation location(ReferenceManifest manifest) {
    return new ChunkLocation(
        manifest.getUpload(),
        manifest.getPartition(),
        manifest.getFirstOffset(),
        manifest.getLastOffset(),
        manifest.getChunks(),
        manifest.getBytes(),
        manifest.getImages());
  }

  private static ReferenceManifest manifest(
      ReferenceSet set, String content, ChunkLocation images) {
    return ReferenceManifest.newBuilder()
        .setSchemaVersion(SchemaVersion.CURRENT)
        .setContent(content)
        .setExamples(set.labels().length)
        .setChannels(set.shape().channels())
        .setHeight(set.shape().height())
        .setWidth(set.shape().width())
        .setClasses(set.shape().classes())
        .setScaling(set.shape().scaling())
        .setLabels(ByteString.copyFrom(set.labels()))
        .setImages(images.sha256())
        .setUpload(images.payload())
        .setChunks(images.chunks())
        .setPartition(images.partition())
        .setFirstOffset(images.firstOffset())
        .setLastOffset(images.lastOffset())
        .setBytes(images.bytes())
        .build();
  }
}
