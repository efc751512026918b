package dev.gengap.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private final Topics topics = new Topics("zhang-fig1b");

  @Test
  void names_ofEveryKind_beginWithTheExperiment() {
    assertThat(topics.all(2))
        .extracting(Topics.Topic::name)
        .containsExactly(
            "gengap.zhang-fig1b.snapshots",
            "gengap.zhang-fig1b.snapshot-chunks",
            "gengap.zhang-fig1b.resume",
            "gengap.zhang-fig1b.resume-chunks",
            "gengap.zhang-fig1b.references",
            "gengap.zhang-fig1b.reference-chunks",
            "gengap.zhang-fig1b.progress",
            "gengap.zhang-fig1b.measurements",
            "gengap.zhang-fig1b.runs",
            "gengap.zhang-fig1b.lane.0",
            "gengap.zhang-fig1b.lane.1");
  }

  @Test
  void experiment_withADot_isRefused() {
    assertThatThrownBy(() -> new Topics("a.b"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("name: a.b (expected: 1 … 180 letters");
  }

  @Test
  void settings_ofEveryKind_haveNoTimeLimitAndRecordsOfAMegabyte() {
    for (TopicKind kind : TopicKind.values()) {
      assertThat(kind.settings())
          .containsEntry("retention.ms", "-1")
          .containsEntry("max.message.bytes", "1000000");
    }
  }

  @Test
  void resumeChunks_thatWereReplaced_leaveTheDiskSoon() {
    assertThat(TopicKind.RESUME_CHUNKS.settings())
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("segment.ms", "60000")
        .containsEntry("min.cleanable.dirty.ratio", "0.1");
    assertThat(TopicKind.RUNS.settings()).doesNotContainKey("segment.ms");
  }

  @Test
  void lanes_areNotCompacted_soTheirRecordsCanBeDeleted() {
    assertThat(TopicKind.LANE.settings()).containsEntry("cleanup.policy", "delete");
  }
}
