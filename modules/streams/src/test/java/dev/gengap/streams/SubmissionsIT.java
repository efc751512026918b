package dev.gengap.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.protocol.Topics;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.protocol.v1.Submission.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All tests share one topic, and so the list: each has names of its own. */
@ExtendWith(BrokerExtension.class)
class SubmissionsIT {
  @Test
  void all_severalNames_newestOfEachOldestFirst(BrokerConnection connection) {
    try (Submissions submissions = open(connection)) {
      submissions.put(submission("order-c", 30));
      submissions.put(submission("order-b", 10));
      submissions.put(submission("order-a", 30));
      submissions.put(submission("order-c", 30).toBuilder().setWish(Wish.PAUSE).build());

      List<Submission> all =
          submissions.all().stream().filter(s -> s.getName().startsWith("order-")).toList();
      assertThat(all)
          .extracting(Submission::getName)
          .containsExactly("order-b", "order-a", "order-c");
      assertThat(all.get(2).getWish()).isEqualTo(Wish.PAUSE);
    }
  }

  @Test
  void put_again_countsRevisionsWhoeverWrites(BrokerConnection connection) {
    try (Submissions one = open(connection);
        Submissions other = open(connection)) {
      assertThat(one.put(submission("counted", 1)).getRevision()).isEqualTo(1);
      assertThat(other.put(submission("counted", 2)).getRevision()).isEqualTo(2);
      Submission third = one.put(submission("counted", 3));

      assertThat(third.getRevision()).isEqualTo(3);
      assertThat(third.getSchemaVersion()).isEqualTo(1);
      assertThat(other.find("counted")).contains(third);
    }
  }

  @Test
  void note_onTheWishThatStands_keepsItsRevisionUntilTheNext(BrokerConnection connection) {
    try (Submissions submissions = open(connection)) {
      Submission wish = submissions.put(submission("noted", 1));

      submissions.note(wish, true, "a reason");

      Submission noted = submissions.find("noted").orElseThrow();
      assertThat(noted).isEqualTo(wish.toBuilder().setSettled(true).setProblem("a reason").build());
      Submission next = submissions.put(noted);
      assertThat(next).isEqualTo(wish.toBuilder().setRevision(2).build());
    }
  }

  @Test
  void note_onAWishThatWasReplaced_isNotSeen(BrokerConnection connection) {
    try (Submissions one = open(connection);
        Submissions other = open(connection)) {
      Submission first = one.put(submission("replaced", 1));
      Submission second = other.put(first.toBuilder().setWish(Wish.PAUSE).build());

      one.note(first, true, "late");

      assertThat(one.find("replaced")).contains(second);
      assertThat(other.find("replaced")).contains(second);
    }
  }

  @Test
  void remove_aName_leavesTheOthers(BrokerConnection connection) {
    try (Submissions submissions = open(connection)) {
      submissions.put(submission("removed", 1));
      submissions.put(submission("left", 1));

      submissions.remove("removed");

      assertThat(submissions.find("removed")).isEmpty();
      assertThat(submissions.find("left")).isPresent();
      assertThat(submissions.find("never-there")).isEmpty();
    }
  }

  @Test
  void tail_aSubmissionAndItsRemoval_areChanges(BrokerConnection connection) {
    try (Submissions submissions = open(connection)) {
      Submission before = submissions.put(submission("followed", 1));
      try (SubmissionTail tail = submissions.tail()) {
        List<SubmissionTail.Change> changes = new ArrayList<>(tail.readToEnd());
        assertThat(tail.caughtUp()).isTrue();
        submissions.remove("followed");
        var removal = new SubmissionTail.Change("followed", Optional.empty());
        Await.until(
            () -> changes.addAll(tail.poll(Duration.ofMillis(100))) && changes.contains(removal));

        assertThat(changes.stream().filter(change -> change.name().equals("followed")))
            .containsExactly(new SubmissionTail.Change("followed", Optional.of(before)), removal);
      }
    }
  }

  @Test
  void put_largerThanARecord_isRefused(BrokerConnection connection) {
    try (Submissions submissions = open(connection)) {
      Submission large =
          submission("large", 1).toBuilder().setConfig("#".repeat(1_000_000)).build();

      assertThatThrownBy(() -> submissions.put(large))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("large: experiment file: 1000")
          .hasMessageContaining("expected: at most 921600");
    }
  }

  @Test
  void open_newTopic_isCompactedWithTheSettingsGiven(BrokerConnection connection) throws Exception {
    open(connection).close();

    var resource = new ConfigResource(ConfigResource.Type.TOPIC, Topics.EXPERIMENTS.name());
    var config = connection.admin().describeConfigs(List.of(resource)).all().get().get(resource);
    assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
    assertThat(config.get("min.insync.replicas").value()).isEqualTo("1");
    assertThat(Submissions.find(brokers(connection))).hasValueSatisfying(Submissions::close);
  }

  private static Submissions open(BrokerConnection connection) {
    return Submissions.open(brokers(connection), TopicSettings.of(1));
  }

  private static Brokers brokers(BrokerConnection connection) {
    return Brokers.of(connection.config().bootstrap());
  }

  private static Submission submission(String name, long millis) {
    return Submission.newBuilder()
        .setName(name)
        .setConfig("name = " + name)
        .setWish(Wish.RUN)
        .setSubmittedMillis(millis)
        .build();
  }
}
