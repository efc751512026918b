package dev.gengap.experiment;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What experiment files may refer to. Immutable.
 *
 * @param configFolder the folder of shipped presets: an include that is not beside the including
 *     file is looked for here
 * @param data known data sets
 * @param networks known networks
 * @param measures names a measure group may use, each with the keys of the measures it stands for
 * @param backends names of tensor libraries, the default first
 */
public record Environment(
    Path configFolder,
    DataCatalogue data,
    NetworkResolver networks,
    Map<String, List<String>> measures,
    List<String> backends) {
  public Environment {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    backends = List.copyOf(backends);
  }
}
