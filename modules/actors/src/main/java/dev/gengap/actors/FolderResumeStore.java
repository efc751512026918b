package dev.gengap.actors;

import dev.gengap.compute.UpdateRule;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.safetensors.SafetensorsReader;
import dev.gengap.network.safetensors.SafetensorsWriter;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.training.TrainingState;
import java.nio.file.Path;

/**
 * The newest resume point of a run in one safetensors file, which is replaced in one step.
 *
 * @param file that holds it
 */
record FolderResumeStore(Path file) implements ResumeStore {

  @Override
  public TrainingState load(
      ResumePoint point, NetworkSpec network, UpdateRule rule, boolean history) {
    SavedState saved = read(file);
    if (saved.step() != point.getStep()) {
      throw new IllegalStateException(
          file + ": step: " + saved.step() + " (expected: " + point.getStep() + ")");
    }
    return saved.state(network, rule, history);
  }

  @Override
  public void save(TrainingState state) {
    SafetensorsWriter.write(file, SavedState.contents(state));
  }

  @Override
  public void close() {}

  /**
   * What {@code file} holds.
   *
   * @throws dev.gengap.core.UserError if it is damaged
   */
  static SavedState read(Path file) {
    return new SavedState(
        SafetensorsReader.read(file), file.toString(), "delete the file, and the run begins anew");
  }
}
