package dev.gengap.experiment;

import dev.gengap.core.RunId;
import java.util.List;
import java.util.Optional;

/**
 * An experiment file, checked and expanded. Immutable.
 *
 * @param name of the experiment, which names its run folder
 * @param text the file as given
 * @param runs one per distinct cell of the grid, in the grid's order
 * @param measures what to measure, by group
 * @param keep which snapshots stay in the run folder
 * @param feed how minibatches travel
 * @param devices what trains, and how many runs at once
 * @param notes what the user should know and need not mend
 */
public record Experiment(
    String name,
    String text,
    List<RunPlan> runs,
    List<MeasureGroup> measures,
    KeepPolicy keep,
    Feed feed,
    Devices devices,
    List<String> notes) {
  public Experiment {
    runs = List.copyOf(runs);
    measures = List.copyOf(measures);
    notes = List.copyOf(notes);
  }

  /** The run with this id, if the grid has it. */
  public Optional<RunPlan> run(RunId id) {
    return runs.stream().filter(run -> run.id().equals(id)).findFirst();
  }
}
