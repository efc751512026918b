package dev.gengap.experiment.results;

import dev.gengap.core.Hashes;
import dev.gengap.core.RunId;
import dev.gengap.experiment.Json;
import dev.gengap.experiment.KeepPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one run. Each file has one writer at a time; readers may read beside it.
 *
 * @param run whose files they are
 * @param folder that holds them
 */
public record RunFiles(RunId run, Path folder) {
  private static final Pattern SNAPSHOT = Pattern.compile("step-(\\d{12})\\.safetensors");

  /**
   * Opens {@code progress.csv} for a run that carries on after {@code step}: rows of later steps,
   * which it will write again, are dropped. Caller closes.
   *
   * @param step −1 for a run that starts anew
   */
  public CsvLog<ProgressRow> openProgress(long step) {
    List<ProgressRow> rows = progress().stream().filter(row -> row.step() <= step).toList();
    return CsvLog.openWith(path("progress.csv"), ProgressRow.FORM, rows);
  }

  /** Opens {@code timing.csv}, in the same way. Caller closes. */
  public CsvLog<TimingRow> openTiming(long step) {
    List<TimingRow> rows = timing().stream().filter(row -> row.step() <= step).toList();
    return CsvLog.openWith(path("timing.csv"), TimingRow.FORM, rows);
  }

  /** Opens {@code measurements.csv} to add to it. Caller closes. */
  public CsvLog<MeasurementRow> openMeasurements() {
    return CsvLog.open(path("measurements.csv"), MeasurementRow.FORM);
  }

  /** Opens {@code measure-timing.csv} to add to it. Caller closes. */
  public CsvLog<MeasureTimingRow> openMeasureTiming() {
    return CsvLog.open(path("measure-timing.csv"), MeasureTimingRow.FORM);
  }

  /**
   * Rewrites {@code measurements.csv} in its final order, unless it is in that order. Nobody may
   * have it open to add to it.
   */
  public void sortMeasurements() {
    Path file = path("measurements.csv");
    List<MeasurementRow> sorted = measurements();
    if (!sorted.equals(CsvLog.read(file, MeasurementRow.FORM))) {
      CsvLog.replace(file, MeasurementRow.FORM, sorted);
    }
  }

  /** What has been logged of the run's progress. */
  public List<ProgressRow> progress() {
    return CsvLog.read(path("progress.csv"), ProgressRow.FORM);
  }

  /** What has been logged of the run's speed. */
  public List<TimingRow> timing() {
    return CsvLog.read(path("timing.csv"), TimingRow.FORM);
  }

  /** The run's measurements, sorted; of several about the same, the last. */
  public List<MeasurementRow> measurements() {
    TreeMap<MeasurementRow, MeasurementRow> last = new TreeMap<>(MeasurementRow.ORDER);
    for (MeasurementRow row : CsvLog.read(path("measurements.csv"), MeasurementRow.FORM)) {
      last.put(row, row);
    }
    return List.copyOf(last.values());
  }

  /** Writes {@code examples.csv}, replacing what it held. */
  public void writeExamples(List<ExampleRow> rows) {
    CsvLog.replace(path("examples.csv"), ExampleRow.FORM, rows);
  }

  /** How the training examples fared; none where nothing was written of it. */
  public List<ExampleRow> examples() {
    return CsvLog.read(path("examples.csv"), ExampleRow.FORM);
  }

  /** What the measurements cost. */
  public List<MeasureTimingRow> measureTiming() {
    return CsvLog.read(path("measure-timing.csv"), MeasureTimingRow.FORM);
  }

  /** How the run ended, if it has. */
  public Optional<RunSummary> summary() {
    Path file = path("summary.json");
    return Files.exists(file)
        ? Optional.of(RunSummary.parse(file.toString(), Disk.read(file)))
        : Optional.empty();
  }

  /** Writes how the run ended: from then on it counts as finished, unless it failed. */
  public void writeSummary(RunSummary summary) {
    Disk.replace(path("summary.json"), summary.json());
  }

  /** Adds to {@code manifest.json} where the run was trained, replacing what it said of that. */
  public void writeTrainedOn(List<TrainedOn> attempts) {
    Path file = path(RunFolder.MANIFEST);
    Map<String, Object> all = new TreeMap<>();
    Json.parse(file.toString(), Disk.read(file))
        .properties()
        .forEach(e -> all.put(e.getKey(), e.getValue()));
    all.put("trained_on", attempts.stream().map(TrainedOn::json).toList());
    all.put("bits_changed", TrainedOn.bitsChanged(attempts));
    Disk.replace(file, Json.pretty(all));
  }

  /** Where the snapshot of {@code step} is kept, if it is. */
  public Path snapshotFile(long step) {
    return path("snapshots").resolve(String.format("step-%012d.safetensors", step));
  }

  /** Writes a snapshot and deletes those that {@code keep} does not want any more. */
  public void storeSnapshot(long step, ByteBuffer safetensors, KeepPolicy keep) {
    if (keep.newest() == 0) {
      return;
    }
    Disk.createFolder(path("snapshots"));
    Disk.replace(snapshotFile(step), safetensors);
    NavigableMap<Long, Path> kept = new TreeMap<>(snapshots());
    while (kept.size() > keep.newest()) {
      Disk.delete(kept.pollFirstEntry().getValue());
    }
  }

  /** The SHA-256 of the snapshot of {@code step}, which is kept: 64 hexadecimal digits. */
  public String snapshotHash(long step) {
    Path file = snapshotFile(step);
    try {
      return Hashes.sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw Disk.failure(file, "read", e);
    }
  }

  /** Deletes the snapshot of {@code step}, if it is kept. */
  public void deleteSnapshot(long step) {
    Disk.delete(snapshotFile(step));
  }

  /** Where a trainer keeps what it needs to go on after it was cut short. */
  public Path resumePoint() {
    return path("resume.safetensors");
  }

  /** The snapshots that are kept, by step. */
  public NavigableMap<Long, Path> snapshots() {
    Path snapshots = path("snapshots");
    NavigableMap<Long, Path> found = new TreeMap<>();
    if (!Files.isDirectory(snapshots)) {
      return found;
    }
    try (Stream<Path> files = Files.list(snapshots)) {
      files.forEach(
          file -> {
            Matcher name = SNAPSHOT.matcher(file.getFileName().toString());
            if (name.matches()) {
              found.put(Long.parseLong(name.group(1)), file);
            }
          });
      return found;
    } catch (IOException e) {
      throw Disk.failure(snapshots, "list", e);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }
}
