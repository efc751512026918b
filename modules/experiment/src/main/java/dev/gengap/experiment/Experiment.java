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

  /**
   * Runs that may be trained at once on one device.
   *
   * @param taken by the device where the file does not say how many, ≥ 1
   */
  public int slotsOn(int taken) {
    int most = runs.stream().mapToInt(run -> slotsOf(run, taken)).max().orElse(1);
    return Math.min(Math.max(1, runs.size()), most);
  }

  /** Runs like {@code run} that fill a device which takes {@code taken} others. */
  public int slotsOf(RunPlan run, int taken) {
    return devices.slots().on(run.config().network().name(), taken);
  }

  /** The run with this id, if the grid has it. */
  public Optional<RunPlan> run(RunId id) {
    return runs.stream().filter(run -> run.id().equals(id)).findFirst();
  }
}
