package dev.gengap.network;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Relu;
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
  private static final Pattern MLP = Pattern.compile("mlp-([1-9]\\d{0,2})x([1-9]\\d{0,5})");

  /** What Zhang et al. 2017 trained on: CIFAR-10, cropped. */
  private static final List<Integer> MLP_INPUT = List.of(3, 28, 28);

  private static final int MLP_CLASSES = 10;

  private Networks() {}

  /** The names that {@link #resolve} knows, the family of perceptrons as {@code mlp-DxW}. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(NamedNetworks.NAMES);
    names.add("mlp-DxW");
    return List.copyOf(names);
  }

  /** Whether {@code nameOrPath} is a name, and not a file's. */
  public static boolean isNamed(String nameOrPath) {
    return NamedNetworks.NAMES.contains(nameOrPath) || MLP.matcher(nameOrPath).matches();
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
    if (NamedNetworks.NAMES.contains(nameOrPath)) {
      requireSize(nameOrPath, input);
      return NetworkLanguage.parse(NamedNetworks.text(nameOrPath), nameOrPath, input, classes);
    }
    Matcher mlp = MLP.matcher(nameOrPath);
    if (mlp.matches()) {
      return perceptron(
          Integer.parseInt(mlp.group(1)), Integer.parseInt(mlp.group(2)), input, classes);
    }
    return fitting(NetworkLanguage.parse(file(nameOrPath)), nameOrPath, input, classes);
  }

  /**
   * The network called {@code nameOrPath}, for the data that a named one was made for, or that a
   * file says.
   *
   * @throws UserError if there is no such network or its file is wrong
   */
  public static NetworkSpec resolve(String nameOrPath) {
    if (NamedNetworks.NAMES.contains(nameOrPath)) {
      return NetworkLanguage.parse(NamedNetworks.text(nameOrPath), nameOrPath);
    }
    return MLP.matcher(nameOrPath).matches()
        ? resolve(nameOrPath, MLP_INPUT, MLP_CLASSES)
        : NetworkLanguage.parse(file(nameOrPath));
  }

  private static Path file(String path) {
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      throw new UserError(
          Problem.of("", "network", path, "a file, or one of " + String.join(", ", names())));
    }
    return file;
  }

  /** Elsewhere a pooling over all that is left would leave more, or out, some of it. */
  private static void requireSize(String name, List<Integer> input) {
    if (NamedNetworks.isForAnySize(name)) {
      return;
    }
    List<Integer> made = resolve(name).input();
    if (input.size() != made.size() || !input.subList(1, 3).equals(made.subList(1, 3))) {
      throw new UserError(
          Problem.of(
                  "",
                  "network " + name,
                  "inputs of shape " + input,
                  "images of " + made.get(1) + " × " + made.get(2) + ", which it is made for")
              .withRemedy(
                  "crop or resize the images, or change its pooling in a file of your own"));
    }
  }

  private static NetworkSpec perceptron(int depth, int width, List<Integer> input, int classes) {
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(new Flatten());
    for (int i = 0; i < depth; i++) {
      layers.add(new Linear(width, true));
      layers.add(new Relu());
    }
    layers.add(new Linear(classes, true));
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
}
