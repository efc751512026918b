package dev.gengap.experiment;

import dev.gengap.network.NetworkSpec;
import java.util.List;

/**
 * Where experiment files get their networks from. Implementations are pure: the same arguments give
 * the same network.
 */
public interface NetworkResolver {
  /**
   * A network by its name, or from the file at a path.
   *
   * @param input shape of one example, (channel, height, width)
   * @throws dev.gengap.core.UserError if there is none, or it does not fit input or classes
   */
  NetworkSpec named(String nameOrPath, List<Integer> input, int classes);

  /** Whether {@link #named} reads {@code nameOrPath} from a file. */
  boolean isFile(String nameOrPath);

  /**
   * A network written in the network language.
   *
   * @param hocon an object with the key {@code layers}
   * @throws dev.gengap.core.UserError if it is malformed, or does not fit input or classes
   */
  NetworkSpec inline(String hocon, List<Integer> input, int classes);

  /** The canonical text of {@code spec}: equal networks have equal texts. */
  String canonicalText(NetworkSpec spec);

  /** Names of the initialisers, the default first. */
  List<String> initialisers();
}
