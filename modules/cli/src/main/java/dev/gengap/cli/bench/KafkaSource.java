package dev.gengap.cli.bench;

import dev.gengap.actors.LaneFeed;
import dev.gengap.broker.EmbeddedBroker;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.experiment.Feed;
import dev.gengap.experiment.Feed.Payload;
import dev.gengap.network.NetworkSpec;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.StreamsConfig;
import dev.gengap.streams.TopicSettings;
import dev.gengap.training.Minibatch;
import java.util.List;

/**
 * Minibatches of random images through an embedded broker over a folder that is deleted in the end.
 */
final class KafkaSource implements BenchmarkSource {
  private static final int BATCHES = 40;

  private final ScratchFolder folder;
  private final EmbeddedBroker broker;
  private final BrokerConnection connection;
  private final LaneFeed feed;
  private final long bytes;

  private KafkaSource(ScratchFolder folder, LabelledImages images, int batch, Payload payload) {
    this.folder = folder;
    broker = EmbeddedBroker.start(folder.path().resolve("broker"), KafkaSource::failed);
    connection = BrokerConnection.open(StreamsConfig.of(broker.bootstrap(), "bench"));
    connection.createTopics(1, TopicSettings.of(1));
    feed = new LaneFeed(connection, images, batch, Feed.of(payload));
    bytes = feed.recordBytes();
  }

  /** A feed of examples that fit {@code network}. */
  static KafkaSource open(NetworkSpec network, int batch, Payload payload) {
    return new KafkaSource(
        ScratchFolder.create(), images(network, batch * BATCHES), batch, payload);
  }

  private static LabelledImages images(NetworkSpec network, int count) {
    List<Integer> input = network.input();
    ImageShape shape =
        input.size() == 3
            ? new ImageShape(input.get(0), input.get(1), input.get(2))
            : new ImageShape(1, 1, network.features());
    byte[] pixels = new byte[count * shape.size()];
    float[] noise = BenchmarkNumbers.of(pixels.length, 0);
    int[] labels = new int[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (127 * noise[i]);
    }
    for (int i = 0; i < count; i++) {
      labels[i] = i % network.classes();
    }
    return new LabelledImages(shape, network.classes(), pixels, labels);
  }

  private static void failed(String line) {
    throw new IllegalStateException(line);
  }

  @Override
  public Minibatch next() throws InterruptedException {
    return feed.next();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    feed.close();
    connection.close();
    broker.close();
    folder.close();
  }
}
