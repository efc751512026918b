package dev.gengap.experiment.file;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.experiment.NetworkChoice;
import dev.gengap.experiment.NetworkResolver;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The networks that an experiment file takes from other files, by the names it has for them.
 * Confined to one thread.
 */
final class NetworkFiles {
  private final Map<String, Set<String>> texts = new TreeMap<>();

  /**
   * Notes the network of a run, if it is from a file.
   *
   * @param written networks of the experiment file itself, which come before files
   */
  void see(NetworkChoice network, NetworkResolver networks, Map<String, ConfigObject> written) {
    String name = network.name();
    if (!name.equals("inline") && !written.containsKey(name) && networks.isFile(name)) {
      texts.computeIfAbsent(name, n -> new TreeSet<>()).add(network.text());
    }
  }

  /**
   * {@code root} with the networks below {@code path}, by their names.
   *
   * @throws UserError if two files have one name, which is relative to where it is written
   */
  ConfigObject addTo(ConfigObject root, String path, String place) {
    if (texts.isEmpty()) {
      return root;
    }
    ConfigValue written = root.get(path);
    ConfigObject all =
        written instanceof ConfigObject object ? object : ConfigFactory.empty().root();
    for (Map.Entry<String, Set<String>> network : texts.entrySet()) {
      Set<String> found = network.getValue();
      if (found.size() > 1) {
        String name = network.getKey();
        throw new UserError(
            Problem.of(place, "network", name + " (" + found.size() + " files)", "one of a name")
                .withRemedy("rename one, or give their whole paths"));
      }
      String text = found.iterator().next();
      all = all.withValue(network.getKey(), ConfigFactory.parseString(text).root());
    }
    return root.withValue(path, all);
  }
}
