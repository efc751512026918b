package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.gengap.protocol.v1.Minibatch;
import dev.gengap.streams.LaneReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds of ids beside feeds of pixels. */
@ExtendWith(SharedBroker.class)
class PayloadIT {
  private static final String EVERY_CONDITION =
      """
      data { set = generated, train = 60, test = 20 }
      network = mlp-1x8
      training { batch-size = 16, learning-rate = 0.05, stop { max-epochs = 3 } }
      snapshots { every = 3 steps, keep = all }
      devices { slots = 2 }
      measures { errors { use = [error] } }
      grid {
        condition = [
          { kind = none }
          { kind = partial-labels, p = 0.5, test-labels = same-noise }
          { kind = random-labels }
          { kind = permuted-labels }
          { kind = shuffled-pixels }
          { kind = random-pixels, permute-channels = true }
          { kind = gaussian, gaussian = scalar }
        ]
      }
      """;

  @TempDir private Path dir;

  private static final String AUGMENTED =
      """
      data { set = generated, train = 60, test = 20 }
      preprocessing.crop = 24
      augmentation { random-crop = true, flip = true, rotation = 10, contrast = 0.3 }
      network = mlp-1x8
      training { batch-size = 16, learning-rate = 0.05, stop { max-epochs = 3 } }
      snapshots { every = 3 steps, keep = all }
      measures { errors { use = [error] } }
      grid { condition.kind = [none, random-labels] }
      """;

  @ParameterizedTest
  @ValueSource(strings = {EVERY_CONDITION, AUGMENTED})
  void run_ofEveryCondition_isTheSameWithIds(String text, SharedBroker.Running broker)
      throws IOException {
    try (Bench pixels = Bench.open(broker, dir, "pixels", text);
        Bench ids = pixels.twin(Files.createDirectory(dir.resolve("ids")), "ids")) {
      ids.edit(ids.experiment().text() + "feed.payload = ids\n");

      pixels.complete();
      ids.complete();

      assertThat(ids.experiment().runs())
          .as("the payload is no part of a run's id")
          .isEqualTo(pixels.experiment().runs());
      for (int run = 0; run < pixels.experiment().runs().size(); run++) {
        assertThat(pixels.files(run).snapshots()).hasSize(5);
        RunResults.assertSame(ids.files(run), pixels.files(run));
      }
    }
  }

  @Test
  void record_ofIds_isAboutHalfAKilobyte(SharedBroker.Running broker) {
    String text =
        """
        data { set = generated, train = 60000, test = 1 }
        network = mlp-1x8
        feed { payload = ids, window = 4 }
        """;
    ActorTestKit kit = ActorBench.start();
    try (Bench bench = Bench.open(broker, dir, "size", text)) {
      TestProbe<FeederActor.Prepared> prepared = kit.createTestProbe();
      ActorRef<FeederActor.Command> feeder =
          kit.spawn(
              FeederActor.create(
                  bench.assignment().attempt(),
                  bench.assignment().plan().config(),
                  Hosted.of(bench.setup(), () -> {})),
              GuardianActor.BLOCKING);
      feeder.tell(new FeederActor.Prepare(prepared.getRef()));
      prepared.receiveMessage();
      feeder.tell(new FeederActor.Consumed(0));

      for (Minibatch batch : sent(bench, 4)) {
        assertThat(batch.getExampleIdsCount()).isEqualTo(128);
        assertThat(batch.getLabelsCount()).isZero();
        assertThat(batch.getPixels()).isEmpty();
        assertThat(batch.getSerializedSize()).isBetween(300, 512);
      }
    } finally {
      kit.shutdownTestKit();
    }
  }

  private static List<Minibatch> sent(Bench bench, int count) {
    List<Minibatch> sent = new ArrayList<>();
    try (LaneReader lane = LaneReader.open(bench.connection(), 0)) {
      lane.assign(bench.run(0), 1, 0);
      while (sent.size() < count) {
        sent.addAll(lane.poll(Duration.ofSeconds(1)));
      }
    }
    return sent;
  }
}
