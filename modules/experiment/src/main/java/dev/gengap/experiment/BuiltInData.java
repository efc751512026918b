package dev.gengap.experiment;

import dev.gengap.data.source.DataSetDescription;
import dev.gengap.data.source.DataSets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The data sets that Gengap can load. Immutable.
 *
 * @param dataDir the folder that holds a folder per set
 */
public record BuiltInData(Optional<Path> dataDir) implements DataCatalogue {
  @Override
  public List<String> names() {
    return DataSets.names();
  }

  @Override
  public Facts facts(String name) {
    DataSetDescription found =
        DataSets.list(dataDir).stream()
            .filter(description -> description.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "data set: " + name + " (expected: one of " + names() + ")"));
    boolean extensible = name.equals(DataSets.DEFAULT);
    return new Facts(found.shape(), found.classes(), found.train(), found.test(), extensible);
  }
}
