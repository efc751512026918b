package dev.gengap.cli.measure;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option that chooses the settings of measures, one at a time. */
public final class SettingOptions {
  private static final String OPTION = "--set";

  @Option(
      names = OPTION,
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the measures, such as samples=1000; repeatable. See docs/measures.md.")
  private List<String> assignments = List.of();

  /**
   * What was chosen; the last of several values of one key.
   *
   * @throws UserError for every assignment that is none, saying what there is
   */
  public Settings settings() {
    List<Problem> problems = new ArrayList<>();
    Map<Setting, Double> chosen = new EnumMap<>(Setting.class);
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      Optional<Setting> setting =
          equals < 0 ? Optional.empty() : Setting.named(assignment.substring(0, equals));
      if (setting.isEmpty()) {
        problems.add(Problem.of("", OPTION, assignment, "KEY=VALUE, where KEY is " + keys()));
        continue;
      }
      String value = assignment.substring(equals + 1);
      Optional<Double> number = number(value).filter(setting.get()::accepts);
      if (number.isEmpty()) {
        String name = OPTION + " " + setting.get().key();
        problems.add(Problem.of("", name, value, setting.get().expected()));
      }
      number.ifPresent(accepted -> chosen.put(setting.get(), accepted));
    }
    if (!problems.isEmpty()) {
      throw new UserError(problems);
    }
    return new Settings(chosen);
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String keys() {
    return Arrays.stream(Setting.values())
        .map(setting -> setting.key() + " (" + setting.expected() + ")")
        .collect(Collectors.joining(", "));
  }
}
