package dev.gengap.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.Json;
import dev.gengap.experiment.TestExperiments;
import org.junit.jupiter.api.Test;

class PlanReportTest {
  private static final String FILE =
      """
      name = planned
      data { set = mnist, train = 1000 }
      network = mlp-1x512
      training { batch-size = 128, stop { max-epochs = 10, train-loss = 0.01 } }
      grid { condition.kind = [none, random-labels] }
      snapshots { every = 5 epochs, at = [start, "train-loss <= 0.1", end] }
      measures {
        errors { use = [train_error, test_error] }
        norms { use = [margin_p5], at = ["train-loss <= 0.1", end] }
      }
      devices { slots = 2 }
      """;
  private static final long PARAMETERS = 785 * 512 + 513 * 10;
  private static final long STEP = 3L * 128 * (784 * 512 + 512 * 10);
  private static final long BATCH = 128 * (784 + 4) + 128;
  private static final long SNAPSHOT = PARAMETERS * 4 + 4096;

  private final Assumptions assumptions = new Assumptions(1e9, 2, 1000, 2);
  private final PlanReport plan = PlanReport.of(TestExperiments.of(FILE), assumptions);

  @Test
  void run_sizes_followFromNetworkAndData() {
    RunCost run = plan.runs().get(0);

    assertThat(run.parameters()).isEqualTo(PARAMETERS);
    assertThat(run.multiplyAddsPerStep()).isEqualTo(STEP);
    assertThat(run.batchBytes()).isEqualTo(BATCH);
    assertThat(run.feedBytes()).hasValue(80 * BATCH);
    assertThat(run.snapshots()).hasValue(1 + 2 + 1 + 1);
    assertThat(run.measurements()).hasValue(5 * 2 + 2);
  }

  @Test
  void totals_twoRunsAtOnce_addUp() {
    assertThat(plan.slots()).isEqualTo(2);
    assertThat(plan.hours().orElseThrow() * 3600).isCloseTo(80 * STEP / 1e9, within(1e-9));
    assertThat(plan.snapshots()).hasValue(10);
    assertThat(plan.measurements()).hasValue(24);
    assertThat(plan.keptBytes()).hasValue(10 * SNAPSHOT);
    assertThat(plan.bytesIn()).hasValue(2 * (80 * BATCH + 5 * SNAPSHOT));
    assertThat(plan.bytesOut()).hasValue(2 * (80 * BATCH + 2 * 5 * SNAPSHOT));
    long arriving = (long) (BATCH / (STEP / 1e9) * 2);
    assertThat(plan.laneBytes()).isEqualTo(2 * (64 * BATCH + 2 * 1000 + arriving));
  }

  @Test
  void lanes_thatCarryIds_takeAThousandthOfTheTraffic() {
    PlanReport ids = PlanReport.of(TestExperiments.of(FILE + "feed.payload = ids"), assumptions);

    assertThat(ids.runs().get(0).batchBytes()).isEqualTo(128 * 3 + 128);
  }

  @Test
  void hours_ofPackedNetworks_areTheirShareOfTheDevice() {
    PlanReport packed =
        PlanReport.of(
            TestExperiments.of(
                FILE.replace("slots = 2", "slots { mlp-1x512 = 4 }") + "grid.seed = [1, 2, 3]"),
            assumptions);

    assertThat(packed.slots()).isEqualTo(4);
    assertThat(packed.hours().orElseThrow() * 3600)
        .as("six runs, four at once")
        .isCloseTo(6 * 80 * STEP / 1e9 / 4, within(1e-9));
  }

  @Test
  void totals_onlyLossEndsTheRuns_haveNoLimit() {
    Experiment endless =
        TestExperiments.of(
            "name = e, training.stop { train-loss = 0.1, max-epochs = 0 }, snapshots.keep = last 2");
    PlanReport open = PlanReport.of(endless, assumptions);

    assertThat(open.hours()).isEmpty();
    assertThat(open.bytesIn()).isEmpty();
    assertThat(open.keptBytes()).hasValue(2 * open.runs().get(0).snapshotBytes());
    assertThat(PlanText.render(open)).contains("training        at most no limit");
    assertThat(Json.parse("plan", PlanJson.render(open)).get("max_hours").isNull()).isTrue();
  }

  @Test
  void run_snapshotsAtTheBest_mayBeOneEachEpoch() {
    RunCost run =
        PlanReport.of(
                TestExperiments.of(
                    """
                    name = best, data.held-out = 488, training.stop.max-epochs = 10
                    snapshots.at = [best, end]
                    measures { norms { use = [margin_p5], at = [best] } }
                    """),
                assumptions)
            .runs()
            .get(0);

    assertThat(run.run().config().stepsPerEpoch()).isEqualTo(12);
    assertThat(run.snapshots()).hasValue(1 + 10 + 1);
    assertThat(run.measurements()).hasValue(12);
  }

  @Test
  void text_plan_isATableAndTotals() {
    assertThat(PlanText.render(plan))
        .isEqualTo(
            """
            experiment planned
            run           condition.kind  network    parameters  steps/epoch  max steps  max time  snapshots
            AAAAAAAAAAAA  none            mlp-1x512     407,050            8         80    12.5 s          5
            BBBBBBBBBBBB  random-labels   mlp-1x512     407,050            8         80    12.5 s          5

            runs            2, 2 at once
            training        at most 12.5 s (at 1.00e+09 multiply-adds/s for each run)
            snapshots       at most 10
            measurements    at most 24
            run folder      at most 16.3 MB of snapshots (keep = all)
            broker's disk   at most 16.3 MB of snapshots and, at any moment, 15.5 MB of minibatches
            broker traffic  at most 32.5 MB in, 48.8 MB out
            """
                .replace("AAAAAAAAAAAA", plan.runs().get(0).run().id().value())
                .replace("BBBBBBBBBBBB", plan.runs().get(1).run().id().value()));
  }

  @Test
  void json_plan_hasItsRuns() {
    var json = Json.parse("plan", PlanJson.render(plan));

    assertThat(json.get("experiment").asText()).isEqualTo("planned");
    assertThat(json.get("max_measurements").asInt()).isEqualTo(24);
    assertThat(json.get("runs").get(1).get("cell").get("condition.kind").asText())
        .isEqualTo("random-labels");
    assertThat(json.get("runs").get(1).get("max_steps").asInt()).isEqualTo(80);
  }
}
