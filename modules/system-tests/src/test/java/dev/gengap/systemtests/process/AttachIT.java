package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.broker.BrokerAddress;
import dev.gengap.core.ExitCode;
import dev.gengap.measures.plugin.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures of a plugin that join an experiment from another process. */
class AttachIT {
  private static final String SIZE = "return MeasuredValue.exact(context.parameters().length);";
  private static final String HANG =
      "System.out.println(\"hangs\"); while (true) { Thread.onSpinWait(); }";
  private static final String PARAMETERS = "12730";

  @TempDir private Path folder;

  private Gengap gengap;
  private RunFolderFiles files;
  private String experiment;

  @BeforeEach
  void plugins() {
    gengap = new Gengap(folder);
    files = RunFolderFiles.below(folder.resolve("runs"));
    experiment = ExperimentText.TINY.in(folder.resolve("tiny.conf"));
    new PluginJar()
        .measure("Mine", "mine", SIZE)
        .measure("Throwing", "throwing", "throw new IllegalStateException(\"no\");")
        .writeTo(folder.resolve("plugins"), "mine.jar");
  }

  @Test
  void attach_toAnEndedExperiment_fillsInEverySnapshot() {
    assertThat(gengap.run("run", experiment).code()).isZero();
    List<String> before = rows("");

    Result attached = attach("runs/tiny", "mine,throwing,layer_spectral");

    assertThat(attached.out()).endsWith("6 measured on 6 snapshots, 6 failed\n");
    assertThat(attached.err()).contains("attempt 3: java.lang.IllegalStateException: no");
    assertThat(attached.code()).isEqualTo(1);
    assertThat(rows("")).containsAll(before).hasSize(before.size() + 12);
    assertThat(rows("mine"))
        .hasSize(6)
        .allSatisfy(row -> assertThat(row).contains("," + PARAMETERS + ",,false,ok,,0,"));
    assertThat(rows("throwing")).hasSize(6).allMatch(row -> row.contains(",failed,"));

    Result again = attach("runs/tiny", "mine,throwing");
    assertThat(again.out()).isEqualTo("0 measured on 0 snapshots, 0 failed\n");
    assertThat(again.err()).isEmpty();
    assertThat(again.code()).isZero();
    assertThat(gengap.run("watch", "runs/tiny").code()).isZero();
    assertThat(gengap.run("run", experiment).code()).as("nothing is left to do").isZero();
    assertThat(rows("mine")).hasSize(6);
  }

  @Test
  void attach_withOtherSettings_measuresAgain() {
    assertThat(gengap.run("run", experiment).code()).isZero();

    Result attached =
        gengap.run(
            "attach",
            "runs/tiny",
            "--measures",
            "ln_spectral_capacity",
            "--set",
            "margin_percentile=20");

    assertThat(attached.out()).endsWith("6 measured on 6 snapshots, 0 failed\n");
    assertThat(attached.code()).isZero();
    assertThat(rows("ln_spectral_capacity"))
        .hasSize(12)
        .filteredOn(row -> row.contains("margin_percentile=20,"))
        .hasSize(6);
  }

  @Test
  void attach_toARunningExperiment_measuresBesideIt() throws Exception {
    try (RunningCommand run = gengap.start("run", endless())) {
      run.awaitUntil("it trains", () -> run.output().contains("kind=none: running"));
      try (RunningCommand attaching = gengap.start(attachment("mine"))) {
        attaching.awaitUntil("it measures", () -> attaching.output().contains("1 measured"));
        assertThat(run.endsWithin(0)).as("the run has ended").isFalse();

        Result refused = gengap.run(with(attachment("mine"), "--threads", "9999"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.errorLines()).hasSize(1);

        run.interrupt();
        assertThat(run.await().code()).isEqualTo(ExitCode.INTERRUPTED.code());
        Result attached = attaching.await();
        assertThat(attached.err()).isEmpty();
        assertThat(attached.code()).isZero();
      }
    }
    assertThat(rows("mine")).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void attach_interruptedAtAPluginThatHangs_endsAtOnce() throws Exception {
    assertThat(gengap.run("run", experiment).code()).isZero();
    new PluginJar()
        .measure("Hanging", "hanging", HANG)
        .writeTo(folder.resolve("plugins"), "hanging.jar");

    try (RunningCommand attaching = gengap.start(attachment("hanging"))) {
      attaching.awaitUntil("it hangs", () -> attaching.output().contains("hangs"));
      attaching.interrupt();

      Result attached = attaching.await();
      assertThat(attached.code()).isEqualTo(ExitCode.INTERRUPTED.code());
      assertThat(attached.err()).isEmpty();
    }
  }

  @Test
  void attach_whoseBrokerGoesAway_saysSo() {
    Path data = folder.resolve("broker");
    try (RunningCommand broker = gengap.startMain(BrokerMain.class, data.toString())) {
      broker.awaitUntil("it serves", () -> Files.exists(data.resolve("broker.json")));
      String bootstrap = BrokerAddress.read(data).bootstrap();
      try (RunningCommand run = gengap.start("run", endless(), "--bootstrap", bootstrap)) {
        run.awaitUntil("it trains", () -> run.output().contains("kind=none: running"));
        String[] command = with(attachment("mine"), "--bootstrap", bootstrap, "--outage", "2");
        try (RunningCommand attaching = gengap.start(command)) {
          attaching.awaitUntil("it measures", () -> attaching.output().contains("1 measured"));
          run.kill();
          broker.kill();

          Result attached = attaching.await();
          assertThat(attached.err()).contains(bootstrap);
          assertThat(attached.code()).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void attach_toBrokersElsewhere_publishesThere() {
    Path data = folder.resolve("broker");
    try (RunningCommand broker = gengap.startMain(BrokerMain.class, data.toString())) {
      broker.awaitUntil("it serves", () -> Files.exists(data.resolve("broker.json")));
      String bootstrap = BrokerAddress.read(data).bootstrap();
      assertThat(gengap.run("run", experiment, "--bootstrap", bootstrap).code()).isZero();

      Result attached =
          gengap.run(
              "attach", "--bootstrap", bootstrap, "--measures", "mine", "--plugins", "plugins");

      assertThat(attached.err()).isEmpty();
      assertThat(attached.out()).endsWith("6 measured on 6 snapshots, 0 failed\n");
      assertThat(gengap.run("run", experiment, "--bootstrap", bootstrap).code()).isZero();
    }
    assertThat(rows("mine")).as("a later run writes them down").hasSize(6);
  }

  @Test
  void attach_toNothing_saysWhatIsWrong() {
    assertThat(attach("nowhere", "mine").err())
        .isEqualTo(
            "gengap: run folder: nowhere (expected: a folder with a manifest.json); run an"
                + " experiment first, or name a folder below runs/\n");
    assertThat(attach("runs/tiny", "others").err()).startsWith("gengap: measure: others (expected");
  }

  private Result attach(String runFolder, String measures) {
    return gengap.run("attach", runFolder, "--measures", measures, "--plugins", "plugins");
  }

  private static String[] attachment(String measures) {
    return new String[] {"attach", "runs/tiny", "--measures", measures, "--plugins", "plugins"};
  }

  private static String[] with(String[] command, String... options) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }

  /** An experiment that trains until it is interrupted. */
  private String endless() {
    return ExperimentText.TINY
        .with("max-epochs = 4", "max-epochs = 1000000")
        .with("every = 2 epochs", "every = 1000 epochs")
        .in(folder.resolve("endless.conf"));
  }

  /** The rows of all runs about {@code measure}, or about all. */
  private List<String> rows(String measure) {
    return files.byRun("measurements.csv").values().stream()
        .flatMap(String::lines)
        .filter(row -> !row.startsWith("run,"))
        .filter(row -> measure.isEmpty() || row.contains("," + measure + ","))
        .toList();
  }
}
