package dev.gengap.experiment;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.data.ImageShape;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Relu;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Data sets and networks for tests of experiment files: names and shapes, no bytes. */
public final class TestEnvironment {
  /** The folder of this project. */
  public static final Path PROJECT = Path.of("..", "..");

  private static final Map<String, List<String>> MEASURES = measures();

  private TestEnvironment() {}

  public static Environment create() {
    return new Environment(
        PROJECT.resolve("config"), new Sets(), new Perceptrons(), MEASURES, List.of("nd4j"));
  }

  /** Knows, besides, the measures that the shipped files name one by one. */
  public static Environment ofShippedFiles() {
    Map<String, List<String>> measures = new LinkedHashMap<>(MEASURES);
    for (String key :
        List.of(
            "ln_frobenius_product",
            "ln_spectral_product",
            "ln_path1_sum",
            "ln_path2_sum",
            "ln_l2_capacity",
            "ln_spectral_capacity",
            "ln_l1_path_capacity",
            "ln_l2_path_capacity",
            "distance_from_init")) {
      measures.put(key, List.of(key));
    }
    return new Environment(
        PROJECT.resolve("config"), new Sets(), new Perceptrons(), measures, List.of("nd4j"));
  }

  private static Map<String, List<String>> measures() {
    Map<String, List<String>> measures = new LinkedHashMap<>();
    measures.put("error", List.of("train_error", "test_error"));
    measures.put("margin", List.of("margin_p5", "margin_p10"));
    for (String family : List.of("frobenius", "spectral", "path-l1", "path-l2", "distance")) {
      measures.put(family, List.of("ln_" + family));
    }
    for (String key : List.of("train_error", "test_error", "margin_p5", "margin_p10")) {
      measures.put(key, List.of(key));
    }
    return measures;
  }

  private static final class Sets implements DataCatalogue {
    private static final Map<String, Facts> FACTS =
        Map.of(
            "generated", new Facts(new ImageShape(1, 28, 28), 10, 2_000, 1_000, true),
            "mnist", new Facts(new ImageShape(1, 28, 28), 10, 60_000, 10_000, false),
            "fashion-mnist", new Facts(new ImageShape(1, 28, 28), 10, 60_000, 10_000, false),
            "cifar-10", new Facts(new ImageShape(3, 32, 32), 10, 50_000, 10_000, false));

    @Override
    public List<String> names() {
      return List.of("generated", "mnist", "fashion-mnist", "cifar-10");
    }

    @Override
    public Facts facts(String name) {
      return FACTS.get(name);
    }
  }

  private static final class Perceptrons implements NetworkResolver {
    private static final Pattern NAME = Pattern.compile("(?:.*/)?mlp-(\\d)x(\\d+)(?:\\.conf)?");

    @Override
    public NetworkSpec named(String nameOrPath, List<Integer> input, int classes) {
      Matcher name = NAME.matcher(nameOrPath);
      if (!name.matches()) {
        throw new UserError(
            Problem.of("", "network", nameOrPath, "a file, or one of mlp-1x512, mlp-DxW"));
      }
      List<LayerSpec> layers = new ArrayList<>(List.of(new Flatten()));
      for (int i = 0; i < Integer.parseInt(name.group(1)); i++) {
        layers.add(new Linear(Integer.parseInt(name.group(2)), true));
        layers.add(new Relu());
      }
      layers.add(new Linear(classes, true));
      return new NetworkSpec(input, classes, layers);
    }

    @Override
    public boolean isFile(String nameOrPath) {
      return false;
    }

    @Override
    public NetworkSpec inline(String hocon, List<Integer> input, int classes) {
      return new BuiltInNetworks().inline(hocon, input, classes);
    }

    @Override
    public String canonicalText(NetworkSpec spec) {
      List<String> parameters = new ArrayList<>();
      spec.parameters().forEach(p -> parameters.add(p.name() + p.shape()));
      return String.join(" ", parameters);
    }

    @Override
    public List<String> initialisers() {
      return List.of("fan-in-uniform", "he-normal", "he-uniform", "glorot-uniform");
    }
  }
}
