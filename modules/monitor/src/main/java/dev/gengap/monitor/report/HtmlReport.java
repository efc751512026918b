package dev.gengap.monitor.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.experiment.results.RunSummary.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of an experiment as one HTML file that needs nothing else: no script, no network. The
 * same folder gives the same bytes.
 */
public final class HtmlReport {
  /** From so many runs on, lines are thin. */
  private static final int MANY = 13;

  private final Experiment experiment;
  private final RunFolder folder;
  private final List<RunResults> results;
  private final Colours colours;

  private HtmlReport(Experiment experiment, RunFolder folder) {
    this.experiment = experiment;
    this.folder = folder;
    this.results = RunResults.of(experiment, folder);
    this.colours = Colours.of(experiment.runs());
  }

  /**
   * The report of the runs of {@code experiment}, ended or not, from what {@code folder} holds.
   *
   * @throws UserError if a file of the folder cannot be read or is damaged
   */
  public static String render(Experiment experiment, RunFolder folder) {
    return new HtmlReport(experiment, folder).html();
  }

  /**
   * Writes {@code report.html} into {@code folder}, in place of an earlier one.
   *
   * @throws UserError if a file of the folder is damaged, or the disk is full or may not be written
   */
  public static void write(Experiment experiment, RunFolder folder) {
    folder.writeReport(render(experiment, folder));
  }

  private String html() {
    String name = Markup.escape(experiment.name());
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        + ("<title>" + name + "</title>\n<style>\n" + style() + "</style>\n</head>\n")
        + ("<body" + (results.size() < MANY ? "" : " class=\"many\"") + ">\n")
        + ("<h1>" + name + "</h1>\n<p>" + state() + "</p>\n")
        + new ResultsTable(results, colours).html()
        + ("<h2>Training</h2>\n" + colours.legend() + "<div class=\"large\">\n")
        + (new TrainingCharts(results, colours).html() + "</div>\n")
        + section("Measures", new MeasureCharts(experiment, results, colours).html())
        + section("Experiment file", file())
        + section("Made with", provenance())
        + "</body>\n</html>\n";
  }

  private static String section(String title, String content) {
    return content.isEmpty() ? "" : "<h2>" + title + "</h2>\n" + content;
  }

  private String state() {
    long finished = results.stream().filter(RunResults::isFinished).count();
    long failed =
        results.stream()
            .flatMap(run -> run.summary().stream())
            .filter(summary -> summary.outcome() == Outcome.FAILED)
            .count();
    int all = results.size();
    return (all == 1 ? "1 run" : all + " runs")
        + (finished == all ? ", finished" : ", " + finished + " finished")
        + (failed == 0 ? "" : ", " + failed + " failed");
  }

  private String file() {
    return "<pre>" + Markup.escape(folder.experimentText()) + "</pre>\n";
  }

  private String provenance() {
    JsonNode manifest = folder.manifest();
    List<String> facts = new ArrayList<>();
    manifest
        .path("versions")
        .properties()
        .forEach(version -> facts.add(version.getKey() + " " + version.getValue().asText()));
    if (manifest.path("git_commit").isTextual()) {
      facts.add("commit " + manifest.path("git_commit").asText());
    }
    manifest.path("devices").forEach(device -> facts.add(device.asText()));
    StringBuilder list = new StringBuilder("<ul>\n");
    facts.forEach(fact -> list.append("<li>" + Markup.escape(fact) + "</li>\n"));
    return list.append("</ul>\n").toString();
  }

  private String style() {
    StringBuilder style = new StringBuilder(sheet());
    // Without a script, only a rule for each run can bring out all of its lines at once.
    for (int i = 0; i < results.size(); i++) {
      style.append("body:has(.r" + i + ":hover) g.r" + i + " path{--bold:2;opacity:1}\n");
    }
    return style.toString();
  }

  private static String sheet() {
    try (InputStream sheet = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
