package dev.gengap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.cli.VerbsOverABroker.Ended;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.protocol.v1.Submission.Wish;
import dev.gengap.streams.SubmissionTail;
import dev.gengap.streams.Submissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs over a real broker, with the test in the place of the coordinator. */
class ClusterVerbsIT {
  private static final String NOBODY =
      "gengap: no coordinator answered within 1 s; is a node with role coordinator up?"
          + " It is done once one is\n";

  @TempDir private static Path data;
  private static VerbsOverABroker verbs;

  @TempDir private Path folder;

  @BeforeAll
  static void startBroker() {
    verbs = new VerbsOverABroker(data);
  }

  @AfterAll
  static void stopBroker() {
    verbs.close();
  }

  @Test
  void submit_newExperiment_isListedAsNotBegun() throws IOException {
    Ended submitted = verbs.submit(folder, "fresh", 1);

    assertThat(submitted.err()).isEmpty();
    assertThat(submitted.code()).isZero();
    assertThat(submitted.out())
        .startsWith("fresh: submitted; 2 runs\n")
        .contains("until one is up nothing happens")
        .endsWith("See gengap status fresh --bootstrap " + verbs.bootstrap() + "\n");
    assertThat(verbs.verb("status").out())
        .containsPattern("experiment +wish +waiting +running +finished +failed +stopped +steps")
        .containsPattern("fresh +run +- +- +- +- +- +- +- +- +20");
    assertThat(verbs.verb("status", "fresh").out())
        .contains("fresh: run is wished")
        .contains("no run has begun; is a node with role coordinator up?");
  }

  @Test
  void submit_sameFileAgain_keepsItsPlace() throws IOException {
    verbs.submit(folder, "twice", 1);
    Submission first = verbs.newest("twice");

    assertThat(verbs.submit(folder, "twice", 1).out())
        .startsWith("twice: submitted again; 2 runs\n");
    assertThat(verbs.newest("twice")).isEqualTo(first.toBuilder().setRevision(2).build());
  }

  @Test
  void submit_otherFileOfTheName_needsReplaceUntilItsRunsAreOver() throws IOException {
    verbs.submit(folder, "taken", 1);
    Ended refused = verbs.submit(folder, "taken", 2);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "gengap: taken: experiment: another file of this name is submitted, not begun"
                + " (expected: a name of its own, or one whose runs are over); change name, wait,"
                + " or give it up with --replace\n");

    assertThat(verbs.submit(folder, "taken", 2, "--replace").out())
        .startsWith("taken: replaces the one before");
    verbs.runs("taken", Phase.FINISHED, Phase.RUNNING);
    assertThat(verbs.submit(folder, "taken", 3).err()).contains("1 of 2 runs over");
    verbs.runs("taken", Phase.FINISHED, Phase.FAILED);
    assertThat(verbs.submit(folder, "taken", 3).code()).isZero();
    assertThat(verbs.newest("taken").getRevision()).isEqualTo(3);
    assertThat(verbs.newest("taken").getConfig()).contains("\"seed\": 3");
  }

  @Test
  void submit_badFile_saysWhereAndWritesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.conf"), "name = bad\nsed = 1\n");

    Ended ended = verbs.verb("submit", file.toString());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("bad.conf:2: sed: unknown key");
    assertThat(verbs.verb("status", "bad").err()).contains("experiment: bad (expected: one ");
  }

  @Test
  void submit_asJson_isOneDocument() throws IOException {
    JsonNode answer =
        new ObjectMapper().readTree(verbs.submit(folder, "scripted", 1, "--json").out());

    assertThat(answer.path("experiment").asText()).isEqualTo("scripted");
    assertThat(answer.path("answer").asText()).isEqualTo("submitted");
    assertThat(answer.path("runs").asInt()).isEqualTo(2);
  }

  @Test
  void status_runsAtWork_countsThem() throws IOException {
    verbs.submit(folder, "counted", 1);
    verbs.runs("counted", Phase.FINISHED, Phase.RUNNING);

    JsonNode all = new ObjectMapper().readTree(verbs.verb("status", "--json").out());
    JsonNode one = new ObjectMapper().readTree(verbs.verb("status", "counted", "--json").out());

    JsonNode listed =
        all.findParents("experiment").stream()
            .filter(node -> node.path("experiment").asText().equals("counted"))
            .findFirst()
            .orElseThrow();
    assertThat(listed.path("begun").asBoolean()).isTrue();
    assertThat(listed.path("runs").path("finished").asInt()).isEqualTo(1);
    assertThat(listed.path("runs").path("running").asInt()).isEqualTo(1);
    assertThat(listed.path("runs").path("waiting").asInt()).isZero();
    assertThat(one.path("runs").findValuesAsText("phase")).containsExactly("finished", "running");
    assertThat(verbs.verb("status", "counted").out())
        .contains("counted  2 runs: 1 running, 1 finished");
  }

  @Test
  void pause_withWait_isDoneWhenNothingRuns() throws IOException {
    verbs.submit(folder, "paused", 1);
    assertThat(verbs.verb("pause", "paused", "--wait").out()).isEqualTo("paused: paused\n");
    verbs.runs("paused", Phase.FINISHED, Phase.RUNNING);

    Ended unanswered = verbs.verb("pause", "paused", "--wait", "--within", "1");
    assertThat(unanswered).isEqualTo(new Ended(1, "", NOBODY));
    assertThat(verbs.newest("paused").getWish()).isEqualTo(Wish.PAUSE);
    verbs.runs("paused", Phase.FINISHED, Phase.STOPPED);
    assertThat(verbs.verb("pause", "paused", "--wait").code()).isZero();

    long place = verbs.newest("paused").getSubmittedMillis();
    assertThat(verbs.verb("resume", "paused").out())
        .isEqualTo(
            "paused: to be resumed by a node with role coordinator; until one is up nothing"
                + " happens\n");
    assertThat(verbs.newest("paused").getWish()).isEqualTo(Wish.RUN);
    assertThat(verbs.newest("paused").getSubmittedMillis()).isEqualTo(place);
  }

  @Test
  void cancel_isForGood_untilTheFileIsSubmittedAgain() throws IOException {
    verbs.submit(folder, "cancelled", 1);
    assertThat(verbs.verb("cancel", "cancelled").code()).isZero();

    assertThat(verbs.verb("resume", "cancelled").err())
        .isEqualTo(
            "gengap: cancelled: experiment: cancelled (expected: one that was not);"
                + " gengap submit its file again to carry on\n");
    assertThat(verbs.verb("pause", "cancelled").code()).isEqualTo(2);
    assertThat(verbs.submit(folder, "cancelled", 1).out())
        .startsWith("cancelled: resumed; 2 runs\n");
    assertThat(verbs.newest("cancelled").getWish()).isEqualTo(Wish.RUN);
  }

  @Test
  void delete_withoutACoordinator_saysSoAndStaysAsked() throws IOException {
    verbs.submit(folder, "deleted", 1);
    assertThat(verbs.verb("delete", "deleted", "--wait", "--within", "1"))
        .isEqualTo(new Ended(1, "", NOBODY));
    assertThat(verbs.verb("resume", "deleted").err())
        .contains("being deleted (expected: one that stays)");
    assertThat(verbs.submit(folder, "deleted", 1).err())
        .contains("being deleted (expected: one that stays)");
  }

  @Test
  void delete_waiting_endsWhenTheCoordinatorIsDone() throws IOException {
    verbs.submit(folder, "followed", 1);
    CompletableFuture<Ended> deletion =
        CompletableFuture.supplyAsync(() -> verbs.verb("delete", "followed", "--wait"));
    try (Submissions submissions = verbs.open();
        SubmissionTail tail = submissions.tail()) {
      boolean asked = false;
      while (!asked && !deletion.isDone()) {
        asked =
            tail.poll(Duration.ofMillis(100)).stream()
                .anyMatch(
                    change ->
                        change.name().equals("followed")
                            && change.submission().map(Submission::getWish).orElseThrow()
                                == Wish.DELETE);
      }
      submissions.remove("followed");
    }

    assertThat(deletion.join()).isEqualTo(new Ended(0, "followed: deleted\n", ""));
    assertThat(verbs.verb("delete", "followed").err())
        .contains("experiment: followed (expected: one ");
  }

  @Test
  void everyVerb_withoutBrokers_asksForThem() {
    for (String verb : List.of("submit", "status", "pause", "resume", "cancel", "delete")) {
      Ended ended = VerbsOverABroker.execute(verb, "x");
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err())
          .isEqualTo(
              "gengap: Missing required option: '--bootstrap=HOST:PORT'; see `gengap "
                  + verb
                  + " --help`\n");
    }
  }

  @Test
  void pause_forNoTime_isRefused() throws IOException {
    verbs.submit(folder, "hurried", 1);

    Ended ended = verbs.verb("pause", "hurried", "--within", "0");

    assertThat(ended.err()).isEqualTo("gengap: --within: 0 (expected: at least 1)\n");
    assertThat(verbs.newest("hurried").getWish()).isEqualTo(Wish.RUN);
  }
}
