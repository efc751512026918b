package dev.gengap.data.source;

import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A set in the layout of MNIST: four idx files in a folder named like the set. */
record IdxSource(String name, String what) implements DataSource {
  private static final ImageShape SHAPE = new ImageShape(1, 28, 28);
  private static final int CLASSES = 10;
  private static final int TRAIN = 60_000;
  private static final int TEST = 10_000;

  @Override
  public DataSetDescription describe(Optional<Path> dataDir) {
    Optional<Path> folder = dataDir.map(dir -> dir.resolve(name)).filter(this::complete);
    return new DataSetDescription(
        name,
        what,
        SHAPE,
        CLASSES,
        TRAIN,
        TEST,
        folder.isPresent(),
        folder.map(Path::toString).orElse("`gengap data fetch " + name + "`"));
  }

  private boolean complete(Path folder) {
    return List.of("train", "t10k").stream()
        .allMatch(
            split ->
                find(folder, split + "-images", 3).isPresent()
                    && find(folder, split + "-labels", 1).isPresent());
  }

  @Override
  public DataSet load(Optional<Path> dataDir, Subset subset, long dataSeed) {
    Path folder = dataDir.orElseThrow(() -> DataFiles.noDataDir(name)).resolve(name);
    return new DataSet(
        name,
        split(folder, "train", subset.train(), "data.train"),
        split(folder, "t10k", subset.test(), "data.test"));
  }

  private LabelledImages split(Path folder, String split, int asked, String key) {
    IdxFile imageFile = require(folder, split + "-images", 3);
    IdxFile labelFile = require(folder, split + "-labels", 1);
    IdxFile.Content images = imageFile.read(asked, new int[] {SHAPE.height(), SHAPE.width()}, key);
    IdxFile.Content labels = labelFile.read(asked, new int[0], key);
    if (labels.sizes()[0] != images.sizes()[0]) {
      throw DataFiles.damaged(
          name,
          labelFile.path(),
          "labels",
          labels.sizes()[0],
          images.sizes()[0] + ", as many as images in " + imageFile.path().getFileName());
    }
    return new LabelledImages(SHAPE, CLASSES, images.bytes(), labels(labelFile, labels.bytes()));
  }

  private int[] labels(IdxFile file, byte[] bytes) {
    int[] labels = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      labels[i] = bytes[i] & 0xFF;
      if (labels[i] >= CLASSES) {
        throw DataFiles.damaged(
            name, file.path(), "label of example " + i, labels[i], "0 … " + (CLASSES - 1));
      }
    }
    return labels;
  }

  private IdxFile require(Path folder, String stem, int dimensions) {
    return find(folder, stem, dimensions)
        .map(path -> new IdxFile(name, path, dimensions))
        .orElseThrow(
            () ->
                DataFiles.missing(
                    name,
                    folder,
                    stem + "-idx" + dimensions + "-ubyte",
                    "an idx file, plain or .gz"));
  }

  /**
   * The file under either of the names in use: train-images-idx3-ubyte, train-images.idx3-ubyte.
   */
  private static Optional<Path> find(Path folder, String stem, int dimensions) {
    String ending = "idx" + dimensions + "-ubyte";
    return List.of("-" + ending, "." + ending, "-" + ending + ".gz", "." + ending + ".gz").stream()
        .map(suffix -> folder.resolve(stem + suffix))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
