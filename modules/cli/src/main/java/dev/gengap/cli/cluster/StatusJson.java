package dev.gengap.cli.cluster;

import dev.gengap.monitor.ExperimentSummary;
import dev.gengap.monitor.RunView;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The status of experiments, for scripts. Pure functions. */
final class StatusJson {
  /** The phases of runs, in the order they are shown in. */
  static final List<Phase> PHASES =
      List.of(Phase.WAITING, Phase.RUNNING, Phase.FINISHED, Phase.FAILED, Phase.STOPPED);

  private StatusJson() {}

  /** The experiment in numbers. */
  static Map<String, Object> experiment(ExperimentStatus status) {
    ExperimentSummary summary = status.summary();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("experiment", status.submission().getName());
    all.put("wish", WishWords.verb(status.submission().getWish()));
    all.put("submitted", StatusText.submitted(status));
    all.put("revision", status.submission().getRevision());
    all.put("settled", status.submission().getSettled());
    all.put("problem", status.submission().getProblem());
    all.put("begun", summary.runs() > 0);
    Map<String, Object> runs = new LinkedHashMap<>();
    PHASES.forEach(phase -> runs.put(StatusText.name(phase), summary.runs(phase)));
    all.put("runs", runs);
    all.put("steps", summary.steps());
    OptionalLong most = summary.mostSteps();
    all.put("max_steps", most.isPresent() ? most.getAsLong() : null);
    all.put("measured", summary.measured());
    all.put("missing", summary.missing());
    return all;
  }

  /** The same, with each of its runs in place of their numbers. */
  static Map<String, Object> withRuns(ExperimentStatus status) {
    Map<String, Object> all = experiment(status);
    all.put("runs", status.view().runs().stream().map(StatusJson::run).toList());
    return all;
  }

  private static Map<String, Object> run(RunView run) {
    long most = run.state().getMaxSteps();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", run.id());
    all.put("cell", run.state().getCellMap());
    all.put("phase", StatusText.name(run.phase()));
    all.put("reason", run.state().getReason());
    all.put("incarnation", run.state().getIncarnation());
    all.put("step", run.step());
    all.put("max_steps", most > 0 ? most : null);
    all.put("epoch", run.epoch());
    all.put("snapshots", run.measures().snapshots().size());
    return all;
  }
}
