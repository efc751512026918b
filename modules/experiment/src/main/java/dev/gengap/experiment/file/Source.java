package dev.gengap.experiment.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A file as given and as HOCON: with its includes and substitutions, without the environment or
 * anything on the class path, so that the same files always say the same.
 *
 * @param place what to call it in problems
 * @param stem its file's name without the ending; empty if it is no file
 * @param text as given
 * @param config what it says
 */
record Source(String place, String stem, String text, Config config) {

  /**
   * Reads {@code file}.
   *
   * @throws UserError if it or an include cannot be read, or is not HOCON
   */
  static Source read(Path file, Path configFolder) {
    String text = text(file);
    String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    Problems problems = new Problems();
    ConfigParseOptions options = options(new Includes(file, configFolder, problems));
    Config config =
        resolved(file.toString(), problems, () -> ConfigFactory.parseFile(file.toFile(), options));
    return new Source(file.toString(), stem, text, config);
  }

  /**
   * Reads {@code text}, which includes nothing.
   *
   * @param origin what to call it in problems
   * @throws UserError if it is not HOCON, or includes something
   */
  static Source of(String text, String origin) {
    Problems problems = new Problems();
    ConfigParseOptions options =
        options(new NoIncludes(origin, problems)).setOriginDescription(origin);
    Config config = resolved(origin, problems, () -> ConfigFactory.parseString(text, options));
    return new Source(origin, "", text, config);
  }

  private static Config resolved(String place, Problems problems, Supplier<Config> parsing) {
    try {
      Config parsed = parsing.get();
      problems.throwIfAny();
      return parsed.resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
    } catch (ConfigException e) {
      throw new UserError(problem(place, e), e);
    }
  }

  static ConfigParseOptions options(ConfigIncluder includes) {
    return ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(includes);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UserError(Problem.of("", "experiment file", file, "a file that exists"), e);
    } catch (MalformedInputException e) {
      throw new UserError(Problem.of(file.toString(), "text", "not UTF-8", "UTF-8"), e);
    } catch (IOException e) {
      throw new UserError(
          Problem.of("", "experiment file", file, "a readable file: " + e.getMessage()), e);
    }
  }

  private static Problem problem(String file, ConfigException e) {
    ConfigOrigin origin = e.origin();
    String place = origin == null ? file : Problems.place(origin);
    String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    if (origin != null && message.startsWith(origin.description() + ": ")) {
      message = message.substring(origin.description().length() + 2);
    }
    String name = e instanceof ConfigException.UnresolvedSubstitution ? "substitution" : "syntax";
    return Problem.of(place, name, message, "HOCON");
  }
}
