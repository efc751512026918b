package dev.gengap.actors;

import dev.gengap.data.DataSet;
import dev.gengap.data.preprocess.CentreCrop;
import dev.gengap.data.source.DataSets;
import dev.gengap.data.source.Subset;
import dev.gengap.experiment.RunConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The data sets of this process, cropped; the last one is kept, since the runs of a grid mostly
 * share it. Safe for any thread.
 */
public final class DataLibrary {
  private final Optional<Path> folder;
  private Loaded last;

  private record Loaded(RunConfig.DataSelection selection, long seed, int crop, DataSet set) {
    boolean serves(RunConfig config) {
      return selection.equals(config.data())
          && seed == config.seeds().data()
          && crop == config.preprocessing().crop();
    }
  }

  /**
   * @param folder where data sets lie, if anywhere
   */
  public DataLibrary(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * The data of a run, cropped, before its condition.
   *
   * @throws dev.gengap.core.UserError if it cannot be read
   */
  public synchronized DataSet load(RunConfig config) {
    if (last == null || !last.serves(config)) {
      RunConfig.DataSelection data = config.data();
      long seed = config.seeds().data();
      int crop = config.preprocessing().crop();
      DataSet whole =
          DataSets.load(data.set(), folder, new Subset(data.train(), data.test()), seed);
      last = new Loaded(data, seed, crop, CentreCrop.apply(whole, crop));
    }
    return last.set();
  }
}
