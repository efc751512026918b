package dev.gengap.measures;

import dev.gengap.core.Problem;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureDescription;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/**
 * Finds the measures in a folder of jars: those that a jar names in {@link #SERVICES}. Each jar is
 * loaded by a class loader of its own, in which Gengap's classes, and those of its libraries, come
 * before the jar's; it stays open as long as the process, since measures load their classes when
 * they need them.
 */
final class PluginFolder {
  private static final String SERVICES = "META-INF/services/" + Measure.class.getName();

  private PluginFolder() {}

  /**
   * The measures of all jars in {@code folder}, by the names of the jars.
   *
   * @param problems gets one for everything that cannot be used
   */
  static List<PluginMeasure> read(Path folder, List<Problem> problems) {
    List<PluginMeasure> measures = new ArrayList<>();
    List<Path> jars = jars(folder, problems);
    for (Path jar : jars) {
      measures.addAll(measures(jar, problems));
    }
    return measures;
  }

  private static List<Path> jars(Path folder, List<Problem> problems) {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
        found.forEach(jars::add);
      } catch (IOException e) {
        problems.add(Problem.of("--plugins", "folder", e, "a folder that can be read"));
        return jars;
      }
    }
    if (jars.isEmpty()) {
      problems.add(Problem.of("--plugins", "folder", folder, "a folder with jars of measures"));
    }
    jars.sort(null);
    return jars;
  }

  private static List<PluginMeasure> measures(Path jar, List<Problem> problems) {
    URL url;
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getEntry(SERVICES) == null) {
        problems.add(namesNone(jar));
        return List.of();
      }
      url = jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file always has a URL", e);
    } catch (IOException e) {
      problems.add(Problem.of(jar.toString(), "jar", e.getMessage(), "a jar that can be read"));
      return List.of();
    }
    URLClassLoader loader = new URLClassLoader(new URL[] {url}, Measure.class.getClassLoader());
    return measures(jar, loader, problems);
  }

  private static List<PluginMeasure> measures(
      Path jar, ClassLoader loader, List<Problem> problems) {
    int before = problems.size();
    List<PluginMeasure> measures = new ArrayList<>();
    Iterator<ServiceLoader.Provider<Measure>> providers =
        ServiceLoader.load(Measure.class, loader).stream().iterator();
    boolean more = true;
    while (more) {
      try {
        more = providers.hasNext();
        if (more) {
          measures.add(measure(jar, providers.next()));
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        problems.add(unusable(jar, e));
      }
    }
    if (measures.isEmpty() && problems.size() == before) {
      problems.add(namesNone(jar));
    }
    return measures;
  }

  private static PluginMeasure measure(Path jar, ServiceLoader.Provider<Measure> provider) {
    Measure measure = provider.get();
    MeasureDescription description = measure.describe();
    if (description == null) {
      throw new IllegalArgumentException(provider.type().getName() + " describes itself as null");
    }
    return new PluginMeasure(jar, description, measure);
  }

  private static Problem namesNone(Path jar) {
    return Problem.of(jar.toString(), "measures", "none", "a jar that names them in " + SERVICES)
        .withRemedy("keep other jars elsewhere, or name them there");
  }

  private static Problem unusable(Path jar, Throwable e) {
    String cause = e.getCause() == null ? "" : ": " + e.getCause();
    return Problem.of(
            jar.toString(), "measure", e + cause, "a class that loads and describes itself")
        .withRemedy("compile it against this version of measures-api");
  }
}
