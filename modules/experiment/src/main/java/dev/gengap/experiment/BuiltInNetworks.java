package dev.gengap.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Networks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The networks that have a name, network files, and networks written in experiment files. */
public final class BuiltInNetworks implements NetworkResolver {
  @Override
  public NetworkSpec named(String nameOrPath, List<Integer> input, int classes) {
    return Networks.resolve(nameOrPath, input, classes);
  }

  @Override
  public boolean isFile(String nameOrPath) {
    return !Networks.isNamed(nameOrPath);
  }

  /**
   * The network takes {@code input} and {@code classes} from the data unless it says them; its
   * input may be the data's as a vector.
   */
  @Override
  public NetworkSpec inline(String hocon, List<Integer> input, int classes) {
    Config data = ConfigFactory.parseMap(Map.of("input", input, "classes", classes));
    Config written = ConfigFactory.parseString(hocon).withFallback(data);
    try {
      NetworkSpec network =
          NetworkLanguage.parse(written.root().render(ConfigRenderOptions.concise()), "network");
      boolean fits = network.input().equals(input) || network.input().equals(flat(input));
      if (!fits || network.classes() != classes) {
        throw new UserError(
            Problem.of("", "input and classes", shape(network), input + " and " + classes));
      }
      return network;
    } catch (UserError e) {
      // Lines of the text made here mean nothing: the caller knows where the network is written.
      throw new UserError(e.problems().stream().map(BuiltInNetworks::withoutPlace).toList());
    }
  }

  @Override
  public String canonicalText(NetworkSpec spec) {
    return NetworkLanguage.render(spec);
  }

  @Override
  public List<String> initialisers() {
    return Arrays.stream(Initialiser.values()).map(Initialiser::key).toList();
  }

  private static List<Integer> flat(List<Integer> input) {
    return List.of(input.stream().reduce(1, Math::multiplyExact));
  }

  private static String shape(NetworkSpec network) {
    return network.input() + " and " + network.classes();
  }

  private static Problem withoutPlace(Problem problem) {
    return new Problem("", problem.name(), problem.value(), problem.expected(), problem.remedy());
  }
}
