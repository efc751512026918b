package dev.gengap.experiment.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gengap.core.RunId;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.Json;
import dev.gengap.experiment.KeepPolicy;
import dev.gengap.experiment.TestExperiments;
import dev.gengap.experiment.results.MeasurementRow.Status;
import dev.gengap.experiment.results.RunSummary.Outcome;
import dev.gengap.experiment.results.RunSummary.Scores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final String FILE =
      "name = study, grid { condition.kind = [none, random-labels] }\n";
  private static final Provenance PROVENANCE =
      new Provenance(Map.of("gengap", "0.1"), Optional.of("abc"), List.of("CPU, 2 processors"));

  @TempDir Path runs;
  private Experiment experiment;
  private RunFolder folder;
  private RunFiles first;

  @BeforeEach
  void prepare() {
    experiment = TestExperiments.of(FILE);
    folder = RunFolder.prepare(runs, experiment, PROVENANCE);
    first = folder.run(experiment.runs().get(0).id());
  }

  @Test
  void prepare_newFolder_saysWhatWasAskedAndWhatItMeans() {
    RunFolder opened = RunFolder.open(runs.resolve("study"));
    JsonNode manifest = opened.manifest();

    assertThat(opened.experimentText()).isEqualTo(FILE);
    assertThat(manifest.get("git_commit").asText()).isEqualTo("abc");
    assertThat(manifest.get("versions").get("gengap").asText()).isEqualTo("0.1");
    assertThat(manifest.get("devices").get(0).asText()).isEqualTo("CPU, 2 processors");
    JsonNode run = manifest.get("runs").get(1);
    assertThat(run.get("cell").get("condition.kind").asText()).isEqualTo("random-labels");
    assertThat(run.get("determined_by").get("training").get("momentum").asDouble()).isEqualTo(0.9);
    assertThat(opened.runs()).hasSize(2);
    assertThat(opened.finished()).isEmpty();
  }

  @Test
  void prepare_again_keepsFinishedRunsAndAddsNewOnes() throws IOException {
    first.writeSummary(summary(first.run(), Outcome.TRAIN_LOSS));
    byte[] manifest = Files.readAllBytes(first.path("manifest.json"));
    Experiment edited =
        TestExperiments.of("name = study, grid { condition.kind = [none, random-pixels] }");
    Provenance later = new Provenance(Map.of(), Optional.empty(), List.of());

    RunFolder again = RunFolder.prepare(runs, edited, later);

    assertThat(again.runs()).hasSize(3);
    assertThat(again.finished()).containsOnlyKeys(first.run());
    assertThat(first.path("manifest.json")).hasBinaryContent(manifest);
  }

  @Test
  void finished_failedRun_runsAgain() {
    first.writeSummary(summary(first.run(), Outcome.FAILED));

    assertThat(folder.finished()).isEmpty();
  }

  @Test
  void summary_written_readsBack() {
    RunSummary written = summary(first.run(), Outcome.MAX_EPOCHS);
    first.writeSummary(written);

    assertThat(first.summary()).contains(written);
  }

  @Test
  void summary_diverged_readsBack() {
    RunSummary written =
        new RunSummary(
            first.run(),
            Outcome.FAILED,
            "loss: NaN",
            7,
            0.5,
            Optional.of(new Scores(Double.NaN, 0.1)),
            Optional.empty(),
            OptionalDouble.empty());
    first.writeSummary(written);

    assertThat(first.summary()).contains(written);
  }

  @Test
  void openProgress_runCarriesOn_dropsLaterRows() {
    try (CsvLog<ProgressRow> log = first.openProgress(-1)) {
      List.of(0L, 10L, 20L).forEach(step -> log.append(progress(step)));
    }
    try (CsvLog<ProgressRow> log = first.openProgress(10)) {
      log.append(progress(20));
    }

    assertThat(first.progress()).containsExactly(progress(0), progress(10), progress(20));
  }

  @Test
  void progress_sameRowsTwice_areTheSameBytes() throws IOException {
    RunFiles second = folder.run(experiment.runs().get(1).id());
    for (RunFiles files : List.of(first, second)) {
      try (CsvLog<ProgressRow> log = files.openProgress(-1)) {
        log.append(progress(3));
      }
    }

    assertThat(first.path("progress.csv")).hasSameBinaryContentAs(second.path("progress.csv"));
    assertThat(first.path("progress.csv"))
        .hasContent(
            "step,epoch,epoch_loss,epoch_accuracy,train_loss,train_accuracy,test_loss,"
                + "test_accuracy,learning_rate,held_out_loss,held_out_accuracy\n"
                + "3,0.3,2.3,0.1,,,,,0.01,1.25,\n");
  }

  @Test
  void timing_rows_readBack() {
    MeasureTimingRow cost =
        new MeasureTimingRow(5, "margin_p5", "bias=excluded,sigma=0.1", 0.25, "nd4j, amd64", 12);
    try (CsvLog<TimingRow> log = first.openTiming(-1)) {
      log.append(new TimingRow(5, 1.5, 100));
    }
    try (CsvLog<MeasureTimingRow> log = first.openMeasureTiming()) {
      log.append(cost);
    }

    assertThat(first.timing()).containsExactly(new TimingRow(5, 1.5, 100));
    assertThat(first.measureTiming()).containsExactly(cost);
  }

  @Test
  void sortMeasurements_anyOrderAndTwice_isOneFile() throws IOException {
    try (CsvLog<MeasurementRow> log = first.openMeasurements()) {
      log.append(measured(10, "norm", OptionalInt.of(1), 2));
      log.append(measured(10, "norm", OptionalInt.of(0), 1));
      log.append(measured(0, "norm", OptionalInt.empty(), 3));
      log.append(measured(10, "norm", OptionalInt.of(1), 2));
      log.append(invalid(10, "margin"));
    }
    first.sortMeasurements();

    String id = first.run().value();
    assertThat(first.path("measurements.csv"))
        .hasContent(
            """
            run,step,epoch,measure,layer,value,standard_error,time_limited,status,reason,seed,conventions
            RUN,0,0,norm,,3,,false,ok,,7,sigma=0.05
            RUN,10,1,margin,,,,false,not-applicable,"invalid margin, -0.5",7,sigma=0.05
            RUN,10,1,norm,0,1,,false,ok,,7,sigma=0.05
            RUN,10,1,norm,1,2,,false,ok,,7,sigma=0.05
            """
                .replace("RUN", id));
    assertThat(first.measurements()).contains(invalid(10, "margin")).hasSize(4);
  }

  @Test
  void storeSnapshot_keepLast_deletesOlder() {
    for (long step : List.of(0, 5, 12)) {
      first.storeSnapshot(step, ByteBuffer.wrap(new byte[] {(byte) step}), new KeepPolicy(2));
    }

    assertThat(first.snapshots()).containsOnlyKeys(5L, 12L);
    assertThat(first.snapshotFile(12)).hasBinaryContent(new byte[] {12});
  }

  @Test
  void storeSnapshot_keepNone_writesNothing() {
    first.storeSnapshot(0, ByteBuffer.allocate(1), KeepPolicy.NONE);

    assertThat(first.snapshots()).isEmpty();
  }

  @Test
  void open_noFolder_isRefused() {
    assertThatThrownBy(() -> RunFolder.open(runs.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "run folder: "
                + runs.resolve("none")
                + " (expected: a folder with a manifest.json); run an experiment first, or name a"
                + " folder below runs/");
  }

  @Test
  void lock_heldFolder_isRefusedUntilClosed() {
    try (FolderLock held = FolderLock.acquire(folder.path())) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> FolderLock.acquire(folder.path()))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "run folder: "
                  + folder.path()
                  + " (expected: a folder that no other process writes); wait for the other run to"
                  + " end, or watch it");
    }
    FolderLock.acquire(folder.path()).close();
  }

  @Test
  void writeSummary_endedAndOpenRuns_standSideBySide() throws IOException {
    first.writeSummary(summary(first.run(), Outcome.TRAIN_LOSS));
    try (CsvLog<MeasurementRow> log = first.openMeasurements()) {
      log.append(measured(0, "norm", OptionalInt.empty(), 1));
      log.append(measured(100, "norm", OptionalInt.empty(), 12.5));
      log.append(invalid(100, "margin"));
    }

    folder.writeSummary(experiment);

    Path file = folder.path().resolve("summary.json");
    JsonNode json = Json.parse("summary", Files.readString(file));
    assertThat(json.get(0).get("gap").asDouble()).isEqualTo(0.25);
    assertThat(json.get(0).get("measures").get("norm").asDouble()).isEqualTo(12.5);
    assertThat(json.get(0).get("measures").get("margin").get("status").asText())
        .isEqualTo("not-applicable");
    assertThat(json.get(1).get("train").isNull()).isTrue();
  }

  private static RunSummary summary(RunId run, Outcome outcome) {
    return new RunSummary(
        run,
        outcome,
        "",
        100,
        10,
        Optional.of(new Scores(0.009, 1)),
        Optional.of(new Scores(1.5, 0.75)),
        OptionalDouble.of(0.8));
  }

  private static ProgressRow progress(long step) {
    return new ProgressRow(
        step,
        step / 10.0,
        OptionalDouble.of(2.3),
        OptionalDouble.of(0.1),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0.01,
        OptionalDouble.of(1.25),
        OptionalDouble.empty());
  }

  private MeasurementRow measured(long step, String measure, OptionalInt layer, double value) {
    return new MeasurementRow(
        first.run(),
        step,
        step / 10.0,
        measure,
        layer,
        OptionalDouble.of(value),
        OptionalDouble.empty(),
        false,
        Status.OK,
        "",
        7,
        "sigma=0.05");
  }

  private MeasurementRow invalid(long step, String measure) {
    return new MeasurementRow(
        first.run(),
        step,
        step / 10.0,
        measure,
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        false,
        Status.NOT_APPLICABLE,
        "invalid margin, -0.5",
        7,
        "sigma=0.05");
  }
}
