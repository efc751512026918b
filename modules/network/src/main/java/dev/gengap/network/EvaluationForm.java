package dev.gengap.network;

import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Sequential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as it computes in evaluation mode: without dropout, and with batch norm folded into the
 * linear and convolutional layers before it where that is possible for all weights. As layers
 * leave, those after them move up, and their tensors' names with them. Immutable.
 */
public final class EvaluationForm {
  private final NetworkSpec network;
  private final Optional<List<Part>> parts;
  private final Optional<String> obstacle;

  /**
   * @param parts of {@code network}; none where it is the network itself
   */
  private EvaluationForm(
      NetworkSpec network, Optional<List<Part>> parts, Optional<String> obstacle) {
    this.network = network;
    this.parts = parts;
    this.obstacle = obstacle;
  }

  /** The form of {@code network}. */
  public static EvaluationForm of(NetworkSpec network) {
    List<String> obstacles = new ArrayList<>();
    List<Part> parts = parts("", network.layers(), network.input(), obstacles);
    List<LayerSpec> layers = parts.stream().map(Part::layer).toList();
    Optional<String> obstacle = obstacles.stream().findFirst();
    if (layers.equals(network.layers())) {
      return new EvaluationForm(network, Optional.empty(), obstacle);
    }
    return new EvaluationForm(
        new NetworkSpec(network.input(), network.classes(), layers), Optional.of(parts), obstacle);
  }

  private static List<Part> parts(
      String prefix, List<LayerSpec> layers, List<Integer> input, List<String> obstacles) {
    List<List<Integer>> shapes = new Sequential(layers).shapes(input);
    Chain chain = Chain.EMPTY;
    for (int i = 0; i < layers.size(); i++) {
      String name = prefix + i;
      List<Integer> shape = shapes.get(i);
      LayerSpec layer = layers.get(i);
      if (layer instanceof BatchNorm norm) {
        NormSlice whole = new NormSlice(name, norm.epsilon(), 0, true);
        Optional<String> blocker = chain.blocker(whole);
        blocker.ifPresent(what -> obstacles.add(obstacle(what, name)));
        chain =
            blocker.isPresent()
                ? chain.then(new Part.Layer(norm, name, shape))
                : chain.absorbing(whole);
      } else if (layer instanceof Branching branching) {
        chain = chain.then(fork(branching, name, shape, obstacles));
      } else if (!(layer instanceof Dropout)) {
        chain = chain.then(new Part.Layer(layer, name, shape));
      }
    }
    return chain.parts();
  }

  private static Part fork(
      Branching branching, String name, List<Integer> input, List<String> obstacles) {
    List<Chain> paths = new ArrayList<>();
    for (List<LayerSpec> path : branching.paths()) {
      paths.add(new Chain(parts(name + "." + paths.size() + ".", path, input, obstacles)));
    }
    return new Part.Fork(branching, name, input, paths);
  }

  private static String obstacle(String blocker, String norm) {
    return "no folding " + blocker + " for batch_norm (layer " + norm + ")";
  }

  /** The network, which gives the same outputs with {@link #fold} of the weights. */
  public NetworkSpec network() {
    return network;
  }

  /**
   * Why there is batch norm left in it, if there is: {@code no folding through relu (layer 1) for
   * batch_norm (layer 2)}. Layers are named as {@link LayerSummary} names those of the network that
   * the form was made of.
   */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /**
   * The weights of {@link #network} that do what {@code weights} do in the one it was made of:
   * computed in double precision, and rounded once.
   */
  public Weights fold(Weights weights) {
    if (parts.isEmpty()) {
      return weights;
    }
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    new Chain(parts.get()).write("", weights, tensors);
    return new Weights(tensors);
  }
}
