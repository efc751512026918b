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

  private record Loaded(RunConfig.DataSelection selection, long seed, int crop, Images images) {
    boolean serves(RunConfig config) {
      return selection.equals(config.data())
          && seed == config.seeds().data()
          && crop == config.preprocessing().crop()
          && (images.uncropped().isPresent() || !config.needsUncropped());
    }
  }

  /** The set cropped, and whole if a run asked for that. */
  private record Images(DataSet cropped, Optional<DataSet> uncropped) {}

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
  public DataSet load(RunConfig config) {
    return images(config).cropped();
  }

  /**
   * The data of a run whose augmentation needs it whole, before crop and condition.
   *
   * @throws dev.gengap.core.UserError if it cannot be read
   */
  public DataSet uncropped(RunConfig config) {
    return images(config)
        .uncropped()
        .orElseThrow(() -> new IllegalArgumentException("augmentation: needs no whole images"));
  }

  private synchronized Images images(RunConfig config) {
    if (last == null || !last.serves(config)) {
      RunConfig.DataSelection data = config.data();
      long seed = config.seeds().data();
      int crop = config.preprocessing().crop();
      DataSet whole =
          DataSets.load(data.set(), folder, new Subset(data.train(), data.test()), seed);
      Images images =
          new Images(
              CentreCrop.apply(whole, crop),
              Optional.of(whole).filter(set -> config.needsUncropped()));
      last = new Loaded(data, seed, crop, images);
    }
    return last.images();
  }
}
