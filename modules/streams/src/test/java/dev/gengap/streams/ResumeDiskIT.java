package dev.gengap.streams;

import static dev.gengap.streams.Batches.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.protocol.Chunks;
import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.ResumePoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class ResumeDiskIT {
  private static final int BYTES = 4 * Chunks.MAX_BYTES;
  private static final int POINTS = 40;

  @Test
  void publish_manyPoints_leavesTheNewestAndBoundsTheDisk(BrokerConnection connection, Path logs) {
    int segment = TopicKind.RESUME_CHUNKS.segmentBytes();
    byte[] payload = new byte[BYTES];
    try (var index = ResumeIndex.open(connection);
        var reader = ResumeReader.open(connection);
        var writer = ResumeWriter.open(connection, RUN, 1, Optional.empty())) {
      ResumePoint newest = ResumePoint.getDefaultInstance();
      for (int step = 1; step <= POINTS; step++) {
        Arrays.fill(payload, (byte) step);
        newest = writer.publish(step, payload);
      }
      String chunks = connection.topics().name(TopicKind.RESUME_CHUNKS);
      Path partition = logs.resolve(chunks + "-" + newest.getPartition());
      long bound = 3L * BYTES + segment;
      assertThat((long) POINTS * BYTES).isGreaterThan(4 * bound);

      Await.until(() -> LogFiles.bytes(partition) < bound);
      assertThat(index.newest(RUN, StepOwner.UNKNOWN)).contains(newest);
      assertThat(reader.fetch(newest)).isEqualTo(payload);
    }
  }
}
