package dev.gengap.experiment.file;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import dev.gengap.core.Problem;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The includes of one file: beside it, else in the folder of presets, and nowhere else. */
final class Includes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final Path file;
  private final Path configFolder;
  private final Problems problems;
  private final Set<Path> including;

  Includes(Path file, Path configFolder, Problems problems) {
    this(file, configFolder, problems, Set.of());
  }

  private Includes(Path file, Path configFolder, Problems problems, Set<Path> outer) {
    this.file = file;
    this.configFolder = configFolder;
    this.problems = problems;
    this.including = new HashSet<>(outer);
    including.add(file.toAbsolutePath().normalize());
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    for (Path found : List.of(file.resolveSibling(what), configFolder.resolve(what))) {
      if (Files.isRegularFile(found)) {
        return parse(found, what);
      }
    }
    return refuse(what, "a file beside this one or in " + configFolder);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(context, what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return refuse(what.toString(), "a file");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return refuse(what, "a file");
  }

  private ConfigObject parse(Path found, String what) {
    if (including.contains(found.toAbsolutePath().normalize())) {
      return refuse(what, "no file that includes itself");
    }
    Includes nested = new Includes(found, configFolder, problems, including);
    return ConfigFactory.parseFile(found.toFile(), Source.options(nested)).root();
  }

  private ConfigObject refuse(String what, String expected) {
    problems.add(Problem.of(file.toString(), "include", what, expected));
    return ConfigFactory.empty().root();
  }
}
