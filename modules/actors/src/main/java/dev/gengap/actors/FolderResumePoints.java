package dev.gengap.actors;

import dev.gengap.core.Problem;
import dev.gengap.core.RunId;
import dev.gengap.core.UserError;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.ResumePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * Resume points in the files of a run folder, which one process at a time holds: what a file says
 * counts, whoever wrote it. Of a manifest, run and step are set.
 *
 * @param folder of the experiment
 */
record FolderResumePoints(RunFolder folder) implements ResumePoints {

  @Override
  public Optional<ResumePoint> newest(RunId run, StepOwner owner) {
    Path file = file(run);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(
        ResumePoint.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setRun(run.value())
            .setStep(FolderResumeStore.read(file).step())
            .build());
  }

  @Override
  public void clear(Collection<RunId> runs) {
    runs.forEach(this::delete);
  }

  @Override
  public void delete(RunId run) {
    Path file = file(run);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError(
          Problem.of(file.toString(), "delete", e, "a file that may be deleted"), e);
    }
  }

  @Override
  public void sweep() {}

  @Override
  public void close() {}

  private Path file(RunId run) {
    return folder.run(run).resumePoint();
  }
}
