package dev.gengap.data.source;

import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * CIFAR-10, binary version: records of a label byte and 3072 pixels (channel, height, width), in
 * data_batch_1.bin … data_batch_5.bin, of which any may be absent, and test_batch.bin. A file may
 * hold any whole number of records.
 */
final class CifarSource implements DataSource {
  private static final String NAME = "cifar-10";
  private static final String TEST_FILE = "test_batch.bin";
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int CLASSES = 10;
  private static final int TRAIN = 50_000;
  private static final int TEST = 10_000;
  private static final int BATCHES = 5;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DataSetDescription describe(Optional<Path> dataDir) {
    Optional<Path> folder =
        dataDir
            .map(CifarSource::folder)
            .filter(dir -> !trainFiles(dir).isEmpty())
            .filter(dir -> Files.isRegularFile(dir.resolve(TEST_FILE)));
    return new DataSetDescription(
        NAME,
        "colour photographs (Krizhevsky 2009), binary version",
        SHAPE,
        CLASSES,
        TRAIN,
        TEST,
        folder.isPresent(),
        folder.map(Path::toString).orElse("`gengap data fetch " + NAME + "`"));
  }

  @Override
  public DataSet load(Optional<Path> dataDir, Subset subset, long dataSeed) {
    Path folder = folder(dataDir.orElseThrow(() -> DataFiles.noDataDir(NAME)));
    List<Path> trainFiles = trainFiles(folder);
    if (trainFiles.isEmpty()) {
      throw DataFiles.missing(
          NAME, folder, "data_batch_1.bin", "at least one data_batch_N.bin, N = 1 … " + BATCHES);
    }
    Path testFile = folder.resolve(TEST_FILE);
    if (!Files.isRegularFile(testFile)) {
      throw DataFiles.missing(NAME, folder, TEST_FILE, "a file of CIFAR-10, binary version");
    }
    return new DataSet(
        NAME,
        split(trainFiles, subset.train(), "data.train"),
        split(List.of(testFile), subset.test(), "data.test"));
  }

  /** The first of the places in use that holds files; the publisher's where none does. */
  private static Path folder(Path dataDir) {
    Path published = dataDir.resolve(NAME).resolve("cifar-10-batches-bin");
    return List.of(
            published, dataDir.resolve(NAME), dataDir.resolve("cifar-10-batches-bin"), dataDir)
        .stream()
        .filter(dir -> !trainFiles(dir).isEmpty() || Files.isRegularFile(dir.resolve(TEST_FILE)))
        .findFirst()
        .orElse(published);
  }

  private static List<Path> trainFiles(Path folder) {
    return IntStream.rangeClosed(1, BATCHES)
        .mapToObj(n -> folder.resolve("data_batch_" + n + ".bin"))
        .filter(Files::isRegularFile)
        .toList();
  }

  private static LabelledImages split(List<Path> paths, int asked, String key) {
    List<CifarFile> files = paths.stream().map(path -> new CifarFile(NAME, path)).toList();
    int available = files.stream().mapToInt(CifarFile::records).sum();
    int wanted = DataFiles.wanted(asked, available, key, paths.get(0).getParent());
    byte[] pixels = new byte[wanted * SHAPE.size()];
    int[] labels = new int[wanted];
    int read = 0;
    for (CifarFile file : files) {
      read += file.read(pixels, labels, read);
    }
    return new LabelledImages(SHAPE, CLASSES, pixels, labels);
  }
}
