package dev.gengap.systemtests.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gengap.cli.cluster.slurm.SlurmFiles;
import dev.gengap.cli.cluster.slurm.SlurmJob;
import dev.gengap.cli.cluster.slurm.SlurmJob.PassedOptions;
import dev.gengap.cli.cluster.slurm.SlurmScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the tasks of an array job do, with programs that stand in for SLURM and Gengap. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "batch scripts are for bash")
class SlurmScriptIT {
  private static final Optional<String> OWN_BROKER = Optional.empty();

  @TempDir private Path folder;

  private StandIn slurm;

  @BeforeEach
  void layOut() throws IOException {
    slurm = new StandIn(folder);
  }

  @AfterEach
  void killTheRest() throws IOException {
    slurm.close();
  }

  @Test
  void tasks_untilAllExperimentsHaveEnded_areNodesOfOneBrokerAndLeaveNothing() throws Exception {
    slurm.submit(3, OWN_BROKER);
    slurm.awaitCalls(3, "node at this-host:");
    slurm.tell("idle", "");

    assertThat(slurm.awaitCodes()).containsOnly(0);

    assertThat(slurm.calls(": broker "))
        .containsExactly(
            "task 0: broker " + slurm.shared() + "/broker --host this-host",
            "task 0: broker ended by SIGTERM");
    assertThat(slurm.calls("node at ").stream().map(call -> call.substring("task 0: ".length())))
        .hasSize(3)
        .containsOnly("node at " + address(slurm.calls("submit").get(0)));
    Path job = slurm.shared().resolve("job-4711");
    assertThat(slurm.calls("1: node --"))
        .containsExactly(
            ("task 1: node --bootstrap-file %s/broker --host this-host --runs %s/runs --until-idle"
                    + " --kafka a=b c")
                .formatted(job, slurm.shared()));
    assertThat(slurm.calls()).last().isEqualTo("task 0: broker ended by SIGTERM");
    slurm.assertNothingLeft();
  }

  @Test
  void tasks_toldOfTheirTimeLimit_endTheirNodesThenTheBrokerAndCarryOn() throws Exception {
    slurm.submit(3, OWN_BROKER);
    slurm.awaitCalls(3, "node at ");

    slurm.signalAll("USR1");
    String end = "task 0: broker ended by SIGTERM";
    slurm.awaitCalls(1, end);
    List<String> until = slurm.calls().subList(0, slurm.calls().indexOf(end));
    // Whoever is back from the queue before the broker has heard of its own end joins it again.
    int begun = count(until, "node at ");
    slurm.awaitCalls(begun + 3, "node at ");
    slurm.tell("idle", "");

    assertThat(slurm.awaitCodes()).containsOnly(0);
    assertThat(begun).isGreaterThanOrEqualTo(3);
    assertThat(count(until, "node ended by SIGTERM")).as("before the broker").isEqualTo(begun);
    assertThat(slurm.calls(": broker /")).as("over the same folder").hasSize(2);
    assertThat(slurm.calls("submit")).as("submitted once").hasSize(1);
    assertThat(addresses()).hasSize(2);
    slurm.assertNothingLeft();
  }

  private static int count(List<String> calls, String part) {
    return (int) calls.stream().filter(call -> call.contains(part)).count();
  }

  @Test
  void taskOfTheBroker_requeuedAlone_hasTheOthersFollowIt() throws Exception {
    slurm.submit(2, OWN_BROKER);
    slurm.awaitCalls(2, "node at ");

    slurm.signalTask("USR1", 0);
    slurm.awaitCalls(4, "node at ");
    slurm.tell("idle", "");

    assertThat(slurm.awaitCodes()).containsOnly(0);
    List<String> calls = slurm.calls();
    assertThat(calls.indexOf("task 1: node ended by SIGTERM"))
        .as("the other node ends while the broker still serves")
        .isBetween(0, calls.indexOf("task 0: broker ended by SIGTERM"));
    assertThat(addresses()).hasSize(2);
  }

  @Test
  void tasks_terminated_endWithoutGoingBackToTheQueue() throws Exception {
    slurm.submit(2, OWN_BROKER);
    slurm.awaitCalls(2, "node at ");

    slurm.signalAll("TERM");

    assertThat(slurm.awaitCodes()).containsOnly(143);
    assertThat(slurm.calls("node ended by SIGTERM")).hasSize(2);
    assertThat(slurm.calls()).last().isEqualTo("task 0: broker ended by SIGTERM");
    slurm.assertNothingLeft();
  }

  @Test
  void tasks_whoseBrokerDies_sayWhyAndEnd() throws Exception {
    slurm.submit(2, OWN_BROKER);
    slurm.awaitCalls(2, "node at ");

    slurm.killBroker();

    assertThat(slurm.awaitCodes()).containsOnly(1);
    String why = "the broker over " + slurm.shared() + "/broker ended with code 137\n";
    assertThat(slurm.output(0)).endsWith("task 0: " + why);
    assertThat(slurm.output(1)).endsWith("task 1: task 0 failed: " + why);
    slurm.assertNothingLeft();
  }

  @Test
  void tasks_ofAnExperimentThatIsRefused_endWithItsCode() throws Exception {
    slurm.tell("submit-code", "2");

    slurm.submit(2, OWN_BROKER);

    assertThat(slurm.awaitCodes()).containsExactly(2, 1);
    assertThat(slurm.calls("node")).isEmpty();
    assertThat(slurm.output(1))
        .endsWith("task 0 failed: gengap submit /an/experiment.conf ended with code 2\n");
    slurm.assertNothingLeft();
  }

  @Test
  void tasks_withoutTaskZero_giveUpAfterAWhile() throws Exception {
    slurm.setPatience(2);
    slurm.submit(2, OWN_BROKER, "--array=1-1");

    assertThat(slurm.awaitCodes()).containsExactly(1);
    assertThat(slurm.output(1))
        .contains("job-4711/broker within 2 s (expected: task 0 runs)")
        .endsWith("sbatch of the same file carries on\n");
  }

  @Test
  void node_thatFails_isStartedAgain() throws Exception {
    slurm.submit(1, OWN_BROKER);
    slurm.awaitCalls(1, "node at ");

    slurm.tell("crash-0", "134");
    slurm.awaitCalls(2, "node at ");
    slurm.tell("idle", "");

    assertThat(slurm.awaitCodes()).containsOnly(0);
    assertThat(slurm.output(0)).contains("the node ended with code 134\n");
  }

  @Test
  void node_withBadInput_isNotStartedAgain() throws Exception {
    slurm.submit(1, OWN_BROKER);
    slurm.awaitCalls(1, "node at ");

    slurm.tell("crash-0", "2");

    assertThat(slurm.awaitCodes()).containsOnly(2);
    assertThat(slurm.calls("node at ")).hasSize(1);
    slurm.assertNothingLeft();
  }

  @Test
  void tasks_withBrokersElsewhere_startNone() throws Exception {
    slurm.submit(2, Optional.of("kafka-1:9092,kafka-2:9092"));
    slurm.awaitCalls(2, "node at kafka-1:9092,kafka-2:9092");
    slurm.tell("idle", "");

    assertThat(slurm.awaitCodes()).containsOnly(0);
    assertThat(slurm.calls(": broker /")).isEmpty();
    slurm.assertNothingLeft();
  }

  @Test
  void script_isWhatShellcheckAccepts() throws Exception {
    assumeTrue(
        new ProcessBuilder("bash", "-c", "command -v shellcheck").start().waitFor() == 0,
        "shellcheck is not installed");
    SlurmFiles files = new SlurmFiles(Path.of("g"), Path.of("it's.conf"), folder.resolve("s"));
    PassedOptions options = new PassedOptions(List.of("a b"), List.of());
    SlurmJob job = new SlurmJob(files, 1, Map.of(), OWN_BROKER, options);
    Path script = Files.writeString(folder.resolve("s.sh"), SlurmScript.of(job).text());

    Process check = new ProcessBuilder("shellcheck", script.toString()).start();

    assertThat(check.inputReader().lines()).isEmpty();
    assertThat(check.waitFor()).isZero();
  }

  private List<String> addresses() {
    return slurm.calls("node at ").stream().map(SlurmScriptIT::lastWord).distinct().toList();
  }

  /** The address a call of {@code submit} was given. */
  private static String address(String submit) {
    String[] words = submit.split(" ");
    return words[List.of(words).indexOf("--bootstrap") + 1];
  }

  private static String lastWord(String call) {
    return call.substring(call.lastIndexOf(' ') + 1);
  }
}
