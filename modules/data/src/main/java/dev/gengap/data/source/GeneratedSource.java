package dev.gengap.data.source;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.DataSet;
import dev.gengap.data.LabelledImages;
import java.nio.file.Path;
import java.util.Optional;

/** The generated set: any number of digits, drawn from the data seed. */
final class GeneratedSource implements DataSource {
  private static final int TRAIN = 2000;
  private static final int TEST = 1000;

  @Override
  public String name() {
    return DataSets.DEFAULT;
  }

  @Override
  public DataSetDescription describe(Optional<Path> dataDir) {
    return new DataSetDescription(
        name(),
        "stroke-drawn digits; any size may be asked for",
        GeneratedDigits.SHAPE,
        Glyphs.count(),
        TRAIN,
        TEST,
        true,
        "built in");
  }

  @Override
  public DataSet load(Optional<Path> dataDir, Subset subset, long dataSeed) {
    int train = subset.train() == 0 ? TRAIN : subset.train();
    int test = subset.test() == 0 ? TEST : subset.test();
    return new DataSet(
        name(),
        split(CounterRandom.of(dataSeed, RandomStream.GENERATED_TRAIN), train, "data.train"),
        split(CounterRandom.of(dataSeed, RandomStream.GENERATED_TEST), test, "data.test"));
  }

  private static LabelledImages split(CounterRandom random, int count, String key) {
    int most = Integer.MAX_VALUE / GeneratedDigits.SHAPE.size();
    int wanted = DataFiles.wanted(count, most, key, Path.of(DataSets.DEFAULT));
    return new GeneratedDigits(random).draw(wanted);
  }
}
