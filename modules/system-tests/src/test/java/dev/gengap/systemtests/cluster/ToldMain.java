package dev.gengap.systemtests.cluster;

import dev.gengap.systemtests.process.RunFolderFiles;
import java.nio.file.Path;

/**
 * Compares what Kafka tells of an experiment with the run folder of one undisturbed, from where the
 * brokers can be reached. Arguments: bootstrap, experiment, run folder. Fails where they differ.
 */
final class ToldMain {
  private ToldMain() {}

  public static void main(String[] args) {
    Outcome undisturbed = Outcome.of(new RunFolderFiles(Path.of(args[2])));
    var differences = Told.read(args[0], args[1]).differences(undisturbed);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(String.join("\n", differences));
    }
  }
}
