package dev.gengap.cli.measure;

import dev.gengap.cli.measure.IncomingFiles.Incoming;
import dev.gengap.core.UserError;
import dev.gengap.experiment.results.CsvLog;
import dev.gengap.experiment.results.FileMeasurementRow;
import dev.gengap.experiment.results.FileMeasurementRow.Subject;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.MeasureRunner;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.Need;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures the files of weights that come into a folder, and keeps their values in its {@code
 * measurements.csv}: what is there is not measured again. Confined to one thread. Caller closes.
 */
final class FolderWatch implements AutoCloseable {
  private static final long POLL_MILLIS = 200;

  private final MeasureTask task;
  private final MeasureRunner runner;
  private final String device;
  private final PrintStream err;
  private final IncomingFiles files;
  private final CsvLog<FileMeasurementRow> log;
  private final Set<Key> known = new HashSet<>();
  private Optional<Initial> initial = Optional.empty();

  /** Files that could not be measured as they were left, and those on which a measure failed. */
  private final Set<Path> failed = new HashSet<>();

  /** What a measurement is about. */
  private record Key(Subject subject, String measure, String conventions) {}

  /** The weights of the lowest step so far. */
  private record Initial(Incoming incoming, HashedWeights weights) {
    /** Whether {@code other} takes its place. */
    boolean givesWayTo(Incoming other) {
      return other.step() < incoming.step() || other.file().equals(incoming.file());
    }
  }

  private FolderWatch(
      Path folder, MeasureTask task, MeasureRunner runner, String device, PrintStream err) {
    this.task = task;
    this.runner = runner;
    this.device = device;
    this.err = err;
    this.files = new IncomingFiles(folder, this::report);
    Path table = folder.resolve("measurements.csv");
    for (FileMeasurementRow row : CsvLog.read(table, FileMeasurementRow.FORM)) {
      known.add(new Key(row.subject(), row.measure(), row.conventions()));
    }
    this.log = CsvLog.open(table, FileMeasurementRow.FORM);
  }

  /**
   * Begins to watch {@code folder}.
   *
   * @param device where {@code runner}, which stays the caller's, measures
   * @param err where problems with files go
   * @throws UserError if the folder, or its table, cannot be read or written
   */
  static FolderWatch open(
      Path folder, MeasureTask task, MeasureRunner runner, String device, PrintStream err) {
    return new FolderWatch(folder, task, runner, device, err);
  }

  /**
   * Measures files as they come.
   *
   * @param once whether to end when those that are there are measured
   * @param until the step after which to end
   * @param each gets a document for each file that was measured
   */
  void follow(boolean once, long until, Consumer<Map<String, Object>> each)
      throws InterruptedException {
    boolean reached = false;
    while (!reached) {
      for (Incoming incoming : files.poll()) {
        measure(incoming).ifPresent(each);
        reached |= incoming.step() >= until;
      }
      reached |= once && files.areSettled();
      if (!reached) {
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  /** Whether a file could not be measured, or a measure failed. */
  boolean failed() {
    return !failed.isEmpty();
  }

  private void report(Path file, UserError error) {
    failed.add(file);
    error.problems().forEach(problem -> err.println("gengap: not measured: " + problem));
  }

  /** Empty if there is nothing to measure on the file, or no way to. */
  private Optional<Map<String, Object>> measure(Incoming incoming) {
    failed.remove(incoming.file());
    HashedWeights weights;
    try {
      weights = HashedWeights.load(incoming.file(), task.network());
    } catch (UserError e) {
      report(incoming.file(), e);
      return Optional.empty();
    }
    if (initial.map(lowest -> lowest.givesWayTo(incoming)).orElse(true)) {
      initial = Optional.of(new Initial(incoming, weights));
    }
    List<Measure> wanted =
        task.measures().stream()
            .filter(measure -> !known.contains(key(incoming, weights, measure)))
            .toList();
    return wanted.isEmpty() ? Optional.empty() : Optional.of(measure(incoming, weights, wanted));
  }

  private Key key(Incoming incoming, HashedWeights weights, Measure measure) {
    MeasureDescription description = measure.describe();
    return new Key(
        subject(incoming, weights, description),
        description.key(),
        MeasurementRow.conventions(description.conventionsUnder(task.settings())));
  }

  private Subject subject(Incoming incoming, HashedWeights weights, MeasureDescription measure) {
    String start =
        start()
            .filter(found -> measure.needs().contains(Need.INITIAL_WEIGHTS))
            .map(HashedWeights::sha256)
            .orElse("");
    return new Subject(name(incoming), incoming.step(), weights.sha256(), start);
  }

  private static String name(Incoming incoming) {
    return String.valueOf(incoming.file().getFileName());
  }

  private Optional<HashedWeights> start() {
    return task.initial().or(() -> initial.map(Initial::weights));
  }

  private Map<String, Object> measure(
      Incoming incoming, HashedWeights weights, List<Measure> wanted) {
    List<MeasureResult> results = new ArrayList<>();
    runner.run(
        "watched",
        task.snapshot(weights.weights(), start()),
        wanted,
        result -> {
          results.add(result);
          if (result.outcome() instanceof Outcome.Failed) {
            failed.add(incoming.file());
          }
          Subject subject = subject(incoming, weights, result.measure());
          log.appendAll(FileRows.of(subject, result, device));
        });
    wanted.forEach(measure -> known.add(key(incoming, weights, measure)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", name(incoming));
    document.put("step", incoming.step());
    if (task.initial().isEmpty()) {
      initial.ifPresent(lowest -> document.put("initialStep", lowest.incoming().step()));
    }
    document.putAll(MeasurementsJson.of(results, device));
    return document;
  }

  @Override
  public void close() {
    log.close();
  }
}
