package dev.gengap.monitor.report;

import dev.gengap.experiment.BuiltInData;
import dev.gengap.experiment.BuiltInNetworks;
import dev.gengap.experiment.Environment;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.file.ExperimentFile;
import dev.gengap.experiment.results.CsvLog;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.MeasurementRow.Status;
import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.experiment.results.Provenance;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.experiment.results.RunSummary;
import dev.gengap.experiment.results.RunSummary.Outcome;
import dev.gengap.experiment.results.RunSummary.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An experiment and its run folder, to be filled.
 *
 * @param experiment from a text
 * @param folder without results at first
 */
record TestRuns(Experiment experiment, RunFolder folder) {
  static TestRuns of(Path folder, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("experiment.conf"), text);
    Environment environment =
        new Environment(
            folder,
            new BuiltInData(Optional.empty()),
            new BuiltInNetworks(),
            Map.of("norms", List.of("ln_b", "ln_a", "layer_c")),
            List.of("nd4j"));
    Experiment experiment = ExperimentFile.load(file, environment);
    Provenance provenance =
        new Provenance(Map.of("gengap", "0.1"), Optional.of("abc"), List.of("CPU <1>"));
    return new TestRuns(experiment, RunFolder.prepare(folder, experiment, provenance));
  }

  String html() {
    return HtmlReport.render(experiment, folder);
  }

  RunFiles run(int index) {
    return folder.run(experiment.runs().get(index).id());
  }

  /** Logs a check of run {@code index} at the end of each epoch from 1 on. */
  void log(int index, double... losses) {
    try (CsvLog<ProgressRow> log = run(index).openProgress(-1)) {
      for (int i = 0; i < losses.length; i++) {
        log.append(
            new ProgressRow(
                10L * (i + 1),
                i + 1,
                OptionalDouble.of(2),
                OptionalDouble.of(0.5),
                OptionalDouble.of(losses[i]),
                OptionalDouble.of(0.75),
                OptionalDouble.of(3),
                OptionalDouble.of(0.5),
                0.1,
                OptionalDouble.empty(),
                OptionalDouble.empty()));
      }
    }
  }

  /** Adds a value of the whole network, or the reason why there is none. */
  void measure(int index, int epoch, String measure, double value, String reason) {
    boolean known = reason.isEmpty();
    add(index, epoch, measure, OptionalInt.empty(), known ? value : Double.NaN, reason);
  }

  /** Adds a value of a layer. */
  void measureLayer(int index, int epoch, String measure, int layer, double value) {
    add(index, epoch, measure, OptionalInt.of(layer), value, "");
  }

  void end(int index, Outcome outcome, String reason) {
    boolean failed = outcome == Outcome.FAILED;
    run(index)
        .writeSummary(
            new RunSummary(
                run(index).run(),
                outcome,
                reason,
                25,
                2.5,
                failed ? Optional.empty() : Optional.of(new Scores(0.0123, 1)),
                failed ? Optional.empty() : Optional.of(new Scores(2, 0.25)),
                OptionalDouble.of(0.5)));
  }

  private void add(
      int index, int epoch, String measure, OptionalInt layer, double value, String reason) {
    boolean known = Double.isFinite(value);
    try (CsvLog<MeasurementRow> log = run(index).openMeasurements()) {
      log.append(
          new MeasurementRow(
              run(index).run(),
              10L * epoch,
              epoch,
              measure,
              layer,
              known ? OptionalDouble.of(value) : OptionalDouble.empty(),
              OptionalDouble.empty(),
              false,
              known ? Status.OK : Status.NOT_APPLICABLE,
              reason,
              0,
              "bias=excluded"));
    }
  }
}
