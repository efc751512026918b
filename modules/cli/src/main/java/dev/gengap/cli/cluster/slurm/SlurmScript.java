package dev.gengap.cli.cluster.slurm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The batch script of a job: what it asks of SLURM, what it works with, and what each task does.
 *
 * <p>SLURM sends SIGUSR1 two minutes before a time limit, to the script alone: the node then writes
 * out its resume points and ends, and the script puts the task back in the queue. After SIGTERM it
 * ends the same way and leaves what follows to SLURM.
 */
public final class SlurmScript {
  private static final String TASKS = "tasks.sh";

  private final SlurmJob job;

  private SlurmScript(SlurmJob job) {
    this.job = job;
  }

  /** The script of {@code job}. */
  public static SlurmScript of(SlurmJob job) {
    return new SlurmScript(job);
  }

  /** The whole file, for bash. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/bash");
    directives().forEach(directive -> lines.add("#SBATCH " + directive));
    lines.add("");
    lines.add("gengap=" + quoted(job.files().gengap()));
    lines.add("experiment=" + quoted(job.files().experiment()));
    lines.add("shared=" + quoted(job.files().shared()));
    lines.add("bootstrap=" + quoted(job.bootstrap().orElse("")));
    lines.add("client_options=" + array(job.options().client()));
    lines.add("node_options=" + array(job.options().node()));
    lines.add("");
    return String.join("\n", lines) + "\n" + tasks();
  }

  private List<String> directives() {
    List<String> directives = new ArrayList<>();
    directives.add("--job-name=gengap");
    directives.add("--array=0-" + (job.tasks() - 1));
    directives.add("--nodes=1");
    directives.add("--ntasks=1");
    directives.add("--signal=B:USR1@120");
    directives.add("--requeue");
    directives.add("--open-mode=append");
    directives.add("--output=\"" + job.files().logs() + "/%A_%a.out\"");
    job.resources().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(given -> directives.add(given.getKey().directive(given.getValue())));
    return directives;
  }

  private static String array(List<String> words) {
    return words.stream().map(SlurmScript::quoted).collect(Collectors.joining(" ", "(", ")"));
  }

  /** As one word of bash, whatever it holds. */
  private static String quoted(Object word) {
    return "'" + word.toString().replace("'", "'\\''") + "'";
  }

  private static String tasks() {
    try (InputStream body = SlurmScript.class.getResourceAsStream(TASKS)) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
