package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.broker.BrokerAddress;
import dev.gengap.core.RunId;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.network.FloatArray;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python publishes is read here, and the other way round, over a broker of this checkout. */
class PythonIT {
  /** Of outputs that two libraries compute in float32. */
  private static final double TOLERANCE = 1e-4;

  /** Python's own tests; fewer mean that some were not found. */
  private static final int TESTS = 70;

  private static final Pattern RAN = Pattern.compile("Ran (\\d+) tests");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static Python python;
  private static Gengap gengap;
  private static RunningCommand broker;
  private static String bootstrap;

  @BeforeAll
  static void start() {
    python = Python.build(folder);
    gengap = new Gengap(folder);
    Path data = folder.resolve("broker");
    broker = gengap.start("broker", data.toString());
    broker.awaitUntil("it serves", () -> broker.output().endsWith("\n"));
    bootstrap = BrokerAddress.read(data).bootstrap();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void pythonsOwnTests_overTheBroker_pass() {
    Result tests = python("own", "-m", "unittest", "discover", "-v", "-s", "tests");

    assertThat(tests.code()).as(tests.err()).isZero();
    Matcher ran = RAN.matcher(tests.err());
    assertThat(ran.find()).as(tests.err()).isTrue();
    assertThat(Integer.parseInt(ran.group(1))).isGreaterThanOrEqualTo(TESTS);
    assertThat(tests.err().lines().filter(line -> line.contains(" skipped '")))
        .allSatisfy(
            line -> {
              assertThat(line).endsWith(" skipped 'PyTorch is not installed'");
              assertThat(python.hasTorch()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy", "torch"})
  void publish_ofATrainingLoop_isTheNetworkThatWasTrained(String modules) throws IOException {
    Assumptions.assumeTrue(modules.equals("numpy") || python.hasTorch(), "PyTorch: not installed");
    String experiment = "loop-" + modules;

    JsonNode trained = trained(experiment, modules);

    try (Records records = new Records(bootstrap, experiment)) {
      records.checkTopics();
      assertThat(records.manifests())
          .extracting(SnapshotManifest::getStep, SnapshotManifest::getReasonsList)
          .containsExactly(
              tuple(0L, List.of("start")),
              tuple(10L, List.of("published")),
              tuple(20L, List.of("published")),
              tuple(30L, List.of("published")),
              tuple(40L, List.of("published", "end")));
      SnapshotManifest end = snapshot(records, 40);
      assertThat(end.getRun()).isEqualTo(trained.path("run").asText());
      assertThat(records.logits(end, end.getTrainReference()))
          .containsExactly(numbers(trained.path("logits")), within(TOLERANCE));
      assertThat(records.logits(end, end.getTestReference()))
          .containsExactly(numbers(trained.path("test_logits")), within(TOLERANCE));
    }
    Result watched = gengap.run("watch", "--bootstrap", bootstrap, "--experiment", experiment);
    assertThat(watched.err()).isEmpty();
    assertThat(watched.code()).isZero();
    assertThat(watched.out()).contains("modules=" + modules + ": finished at step 40");
    assertAttachMeasures(experiment);
  }

  @Test
  void measure_ofFunctionsInPython_areMeasurementsLikeAnyOther() throws IOException {
    String experiment = "measured";
    trained(experiment, "numpy");

    measure(experiment);

    try (Records records = new Records(bootstrap, experiment)) {
      assertLargestWeights(records);
      assertThat(records.measurements("layer_moves"))
          .hasSize(5)
          .allSatisfy(
              layers -> {
                assertThat(layers.getLayerValues().getValuesList()).hasSize(2);
                assertThat(layers.getConventionsMap()).isEqualTo(Map.of("in", "python"));
                assertThat(layers.getEpoch()).isEqualTo((double) layers.getStep());
                assertThat(layers.getAttempt()).isOne();
              });
      List<Measurement> undecided = records.measurements("undecided");
      assertThat(undecided)
          .filteredOn(record -> record.getStep() == 0)
          .extracting(Measurement::getNotApplicable)
          .containsExactly("nothing was trained");
      String failure = "ZeroDivisionError: division by zero";
      assertThat(undecided)
          .filteredOn(record -> record.getStep() == 40)
          .extracting(Measurement::getAttempt, Measurement::getFailure)
          .containsExactly(tuple(1, failure), tuple(2, failure), tuple(3, failure));
    }
  }

  @Test
  void measureAndLoad_ofAnExperimentOfGengap_findItsSnapshotsAndResults() throws IOException {
    String file = ExperimentText.TINY.in(folder.resolve("tiny.conf"));
    Result ran = gengap.run("run", file, "--bootstrap", bootstrap);
    assertThat(ran.code()).as(ran.err()).isZero();

    JsonNode ofFolder = load("'runs/%s'".formatted(ExperimentText.NAME));
    JsonNode ofBroker = load("");
    measure(ExperimentText.NAME);

    assertRows(ofFolder);
    assertRows(ofBroker);
    try (Records records = new Records(bootstrap, ExperimentText.NAME)) {
      assertLargestWeights(records);
    }
  }

  private static JsonNode load(String where) throws IOException {
    String program = "import gengap, json; print(json.dumps(gengap.load(%s)))".formatted(where);
    Result loaded = python(ExperimentText.NAME, "-c", program);
    assertThat(loaded.code()).as(loaded.err()).isZero();
    return JSON.readTree(loaded.out());
  }

  private static void assertRows(JsonNode rows) {
    RunFolder results = RunFolder.open(RunFolderFiles.below(folder.resolve("runs")).folder());
    assertThat(rows)
        .hasSize(results.runs().stream().mapToInt(run -> run.measurements().size()).sum())
        .allSatisfy(
            row -> {
              assertThat(row.path("condition.kind").asText()).isIn("none", "random-labels");
              assertThat(results.run(new RunId(row.path("run").asText())).measurements())
                  .filteredOn(found -> found.step() == row.path("step").asLong())
                  .filteredOn(found -> found.measure().equals(row.path("measure").asText()))
                  .filteredOn(found -> found.layer().orElse(-1) == row.path("layer").asInt(-1))
                  .extracting(found -> found.value().orElse(Double.NaN))
                  .containsExactly(row.path("value").asDouble(Double.NaN));
            });
  }

  /** The measurements of Python's function against the weights as they are read here. */
  private static void assertLargestWeights(Records records) {
    List<Measurement> measured = records.measurements("largest_weight");
    assertThat(measured).hasSameSizeAs(records.manifests());
    for (SnapshotManifest manifest : records.manifests()) {
      double largest =
          records.weights(manifest).tensors().entrySet().stream()
              .filter(entry -> entry.getKey().contains("weight"))
              .mapToDouble(entry -> largest(entry.getValue()))
              .max()
              .orElseThrow();
      assertThat(measured)
          .filteredOn(found -> found.getRun().equals(manifest.getRun()))
          .filteredOn(found -> found.getStep() == manifest.getStep())
          .extracting(Measurement::getValue)
          .containsExactly(largest);
    }
  }

  /** Two measures of Gengap's, one of each reference set, on the five snapshots. */
  private static void assertAttachMeasures(String experiment) {
    Result attached =
        gengap.run(
            "attach",
            "--bootstrap",
            bootstrap,
            "--experiment",
            experiment,
            "--measures",
            "margin_p5,test_error");
    assertThat(attached.err()).isEmpty();
    assertThat(attached.out()).endsWith("10 measured on 5 snapshots, 0 failed\n");
    assertThat(attached.code()).isZero();
  }

  private static double largest(FloatArray array) {
    double largest = 0;
    for (float value : array.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static SnapshotManifest snapshot(Records records, long step) {
    return records.manifests().stream()
        .filter(manifest -> manifest.getStep() == step)
        .findFirst()
        .orElseThrow();
  }

  private static double[] numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static JsonNode trained(String experiment, String modules) throws IOException {
    Result result = python(experiment, "-m", "tests.train", modules);
    assertThat(result.code()).as(result.err()).isZero();
    return JSON.readTree(result.out());
  }

  private static void measure(String experiment) {
    Result result = python(experiment, "-m", "tests.measure");
    assertThat(result.code()).as(result.err()).isZero();
  }

  private static Result python(String experiment, Object... arguments) {
    return python.run(
        Map.of("GENGAP_BOOTSTRAP", bootstrap, "GENGAP_EXPERIMENT", experiment), arguments);
  }
}
