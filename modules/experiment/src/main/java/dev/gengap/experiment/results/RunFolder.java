package dev.gengap.experiment.results;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gengap.core.Problem;
import dev.gengap.core.RunId;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder {@code runs/<experiment>/}: the file as given, what was made of it, and a folder for
 * each run that was ever begun under this name, in the grid now or not.
 *
 * @param path of the folder
 */
public record RunFolder(Path path) {
  private static final String FILE = "experiment.conf";
  static final String MANIFEST = "manifest.json";
  private static final String SUMMARY = "summary.json";
  private static final String REPORT = "report.html";

  /**
   * The folder of {@code experiment} below {@code runs}, made or brought up to date: runs that have
   * finished stay as they are.
   *
   * @throws UserError if the disk is full or may not be written
   */
  public static RunFolder prepare(Path runs, Experiment experiment, Provenance provenance) {
    RunFolder folder = new RunFolder(runs.resolve(experiment.name()));
    Disk.createFolder(folder.path());
    Disk.replace(folder.path().resolve(FILE), experiment.text());
    Disk.replace(
        folder.path().resolve(MANIFEST), Json.pretty(Manifests.of(experiment, provenance)));
    experiment
        .runs()
        .forEach(
            run -> {
              RunFiles files = folder.run(run.id());
              Disk.createFolder(files.folder());
              if (!files.summary().map(RunSummary::isFinished).orElse(false)) {
                Disk.replace(files.path(MANIFEST), Json.pretty(Manifests.of(run, provenance)));
              }
            });
    return folder;
  }

  /**
   * A folder written before.
   *
   * @throws UserError if {@code path} is none
   */
  public static RunFolder open(Path path) {
    if (!Files.isRegularFile(path.resolve(MANIFEST))) {
      throw new UserError(
          Problem.of("", "run folder", path, "a folder with a " + MANIFEST)
              .withRemedy("run an experiment first, or name a folder below runs/"));
    }
    return new RunFolder(path);
  }

  /** The experiment file as given. */
  public String experimentText() {
    return Disk.read(path.resolve(FILE));
  }

  /** What was made of it: effective settings, seeds, versions, devices, runs. */
  public JsonNode manifest() {
    Path manifest = path.resolve(MANIFEST);
    return Json.parse(manifest.toString(), Disk.read(manifest));
  }

  /** Writes {@code summary.json}: the runs of {@code experiment} side by side, as they ended. */
  public void writeSummary(Experiment experiment) {
    Disk.replace(path.resolve(SUMMARY), Comparison.of(experiment, this).json());
  }

  /**
   * Replaces the report, as a whole.
   *
   * @throws UserError if the disk is full or may not be written
   */
  public void writeReport(String html) {
    Disk.replace(path.resolve(REPORT), html);
  }

  /** Where the embedded broker keeps its data. */
  public Path brokerFolder() {
    return path.resolve("broker");
  }

  /** The files of {@code run}, whether there are any yet or not. */
  public RunFiles run(RunId run) {
    return new RunFiles(run, path.resolve(run.value()));
  }

  /** Every run that has a folder, by id. */
  public List<RunFiles> runs() {
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve(MANIFEST)))
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[0-9a-f]{12}"))
          .sorted()
          .map(name -> run(new RunId(name)))
          .toList();
    } catch (IOException e) {
      throw Disk.failure(path, "list", e);
    }
  }

  /** How each finished run ended, by id: these need not run again. */
  public Map<RunId, RunSummary> finished() {
    Map<RunId, RunSummary> finished = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    for (RunFiles files : runs()) {
      files
          .summary()
          .filter(RunSummary::isFinished)
          .ifPresent(summary -> finished.put(files.run(), summary));
    }
    return finished;
  }
}
