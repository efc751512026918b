package dev.gengap.network;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The networks that have a name. A named network takes the shape and the number of classes of the
 * data it is trained on; a network file says its own, which must then be those of the data.
 */
public final class Networks {
  /** The networks of Zhang et al. 2017 that have files in the network language. */
  private static final List<String> NAMES = List.of("mlp-1x512", "mlp-3x512");

  private static final Pattern MLP = Pattern.compile("mlp-([1-9]\\d{0,2})x([1-9]\\d{0,5})");

  private Networks() {}

  /** The names that {@link #resolve} knows, the family of perceptrons as {@code mlp-DxW}. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(NAMES);
    names.add("mlp-DxW");
    return List.copyOf(names);
  }

  /**
   * The network called {@code nameOrPath}: a name, {@code mlp-DxW} for D hidden layers of W units
   * each, or a file in the network language.
   *
   * @param input shape of one example, (channel, height, width) or (features)
   * @param classes number of classes of the data
   * @throws UserError if there is no such network, its file is wrong, or it does not fit the data
   */
  public static NetworkSpec resolve(String nameOrPath, List<Integer> input, int classes) {
    if (NAMES.contains(nameOrPath)) {
      return NetworkLanguage.parseTemplate(resource(nameOrPath), nameOrPath, input, classes);
    }
    Matcher mlp = MLP.matcher(nameOrPath);
    if (mlp.matches()) {
      return perceptron(
          Integer.parseInt(mlp.group(1)), Integer.parseInt(mlp.group(2)), input, classes);
    }
    Path file = Path.of(nameOrPath);
    if (!Files.exists(file)) {
      throw new UserError(
          Problem.of("", "network", nameOrPath, "a file, or one of " + String.join(", ", names())));
    }
    return fitting(NetworkLanguage.parse(file), nameOrPath, input, classes);
  }

  private static NetworkSpec perceptron(int depth, int width, List<Integer> input, int classes) {
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(new LayerSpec.Flatten());
    for (int i = 0; i < depth; i++) {
      layers.add(new LayerSpec.Linear(width, true));
      layers.add(new LayerSpec.Relu());
    }
    layers.add(new LayerSpec.Linear(classes, true));
    return new NetworkSpec(input, classes, layers);
  }

  private static NetworkSpec fitting(
      NetworkSpec network, String file, List<Integer> input, int classes) {
    List<Problem> problems = new ArrayList<>();
    int features = input.stream().reduce(1, Math::multiplyExact);
    boolean sameVector = network.input().equals(List.of(features));
    if (!network.input().equals(input) && !sameVector) {
      problems.add(Problem.of(file, "input", network.input(), input + ", the shape of the data"));
    }
    if (network.classes() != classes) {
      problems.add(
          Problem.of(file, "classes", network.classes(), classes + ", the classes of the data"));
    }
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return network;
  }

  private static String resource(String name) {
    try (InputStream in = Networks.class.getResourceAsStream(name + ".conf")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
