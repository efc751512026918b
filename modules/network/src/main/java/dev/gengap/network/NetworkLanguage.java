package dev.gengap.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.layer.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network language: HOCON, of which JSON is a subset, with the keys {@code input}, {@code
 * classes} and {@code layers}, and {@code let} for definitions that {@code ${let.name}} refers to.
 * A file is read alone: no defaults, system properties or environment variables reach into it, and
 * it includes nothing but the files of named networks.
 */
public final class NetworkLanguage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NetworkLanguage() {}

  /**
   * Reads the network in {@code file}.
   *
   * @throws UserError holding everything that is wrong with it, each with its line
   */
  public static NetworkSpec parse(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          Problem.of(file.toString(), "network", "no such file", "one in the network language"));
    }
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UserError(
          Problem.of(file.toString(), "network", e, "a readable file in the network language"), e);
    }
  }

  /**
   * Reads the network written in {@code text}.
   *
   * @param origin what to call the text in problems: a file's name
   * @throws UserError holding everything that is wrong with it, each with its line
   */
  public static NetworkSpec parse(String text, String origin) {
    return parse(text, origin, Map.of());
  }

  /**
   * Reads a network of which {@code input} and {@code classes} take the values given, whatever is
   * written.
   */
  static NetworkSpec parse(String text, String origin, List<Integer> input, int classes) {
    return parse(text, origin, Map.of("input", input, "classes", classes));
  }

  /**
   * The network written in {@code text}, substitutions not yet made.
   *
   * @throws UserError if it is not HOCON
   */
  static Config unresolved(String text, String origin) {
    try {
      return ConfigFactory.parseString(
          text,
          ConfigParseOptions.defaults()
              .setOriginDescription(origin)
              .setIncluder(new Includes(origin)));
    } catch (ConfigException e) {
      throw notHocon(origin, e);
    }
  }

  /**
   * Writes {@code network} as one line of JSON that {@link #parse} reads back: every option named,
   * always in the same order, so that equal networks have equal texts and hashes.
   */
  public static String render(NetworkSpec network) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("input", network.input());
    fields.put("classes", network.classes());
    fields.put("layers", network.layers().stream().map(LayerSpec::fields).toList());
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers, words and lists of them are always JSON", e);
    }
  }

  private static NetworkSpec parse(String text, String origin, Map<String, Object> given) {
    Config written = unresolved(text, origin);
    try {
      Config all = ConfigFactory.parseMap(given, origin).withFallback(written);
      return read(all.resolve(ConfigResolveOptions.noSystem()), origin);
    } catch (ConfigException e) {
      throw notHocon(origin, e);
    }
  }

  private static UserError notHocon(String origin, ConfigException e) {
    return new UserError(
        Problem.of(
            ConfigFields.place(origin, e.origin()),
            "network",
            messageWithoutPlace(e),
            "HOCON or JSON"),
        e);
  }

  private static String messageWithoutPlace(ConfigException e) {
    if (e.origin() == null) {
      return e.getMessage();
    }
    String place = e.origin().description() + ": ";
    return e.getMessage().startsWith(place)
        ? e.getMessage().substring(place.length())
        : e.getMessage();
  }

  private static NetworkSpec read(Config config, String origin) {
    List<Problem> problems = new ArrayList<>();
    ConfigFields fields = new ConfigFields(config.root(), origin, "", problems);
    List<Integer> input = fields.positiveInts("input");
    int classes = fields.positiveInt("classes");
    fields.definitions("let");
    Map<String, String> places = new HashMap<>();
    List<LayerSpec> layers = new LayerReaders(places).readAll(fields);
    fields.refuseOthers();
    if (problems.isEmpty()) {
      Optional<Problem> misfit =
          NetworkSpec.misfit(
              input, classes, layers, path -> places.getOrDefault(path, fields.place()));
      misfit.ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return new NetworkSpec(input, classes, layers);
  }
}
