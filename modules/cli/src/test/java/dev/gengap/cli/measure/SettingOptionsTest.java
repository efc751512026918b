package dev.gengap.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SettingOptionsTest {

  @Command(name = "measure")
  private static final class Measure {
    @Mixin private SettingOptions settings;
  }

  @Test
  void settings_severalAssignments_areChosenAndTheLastOfOneKeyHolds() {
    Settings settings = parse("--set samples=10 --set sigma=1e-3 --set samples=20");

    assertThat(settings.chosen()).isEqualTo(Map.of(Setting.SAMPLES, 20.0, Setting.SIGMA, 1e-3));
    assertThat(settings.get(Setting.DELTA)).isEqualTo(0.05);
    assertThat(parse("").chosen()).isEmpty();
  }

  @Test
  void settings_manyMistakes_areAllReportedWithWhatThereIs() {
    assertThatThrownBy(
            () ->
                parse("--set sigmas=1 --set samples --set samples=2.5 --set delta=x --set delta=1"))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "--set: sigmas=1 \\(expected: KEY=VALUE, where KEY is margin_percentile \\(0 … 100\\),"
                + " sigma \\(> 0\\), .*, seconds \\(>= 0\\), plugin_seconds \\(> 0\\)\\)\n"
                + "--set: samples \\(expected: KEY=VALUE.*\\)\n"
                + "--set samples: 2.5 \\(expected: a whole number >= 2\\)\n"
                + "--set delta: x \\(expected: > 0 and < 1\\)\n"
                + "--set delta: 1 \\(expected: > 0 and < 1\\)");
  }

  private static Settings parse(String line) {
    Measure measure = new Measure();
    new CommandLine(measure).parseArgs(line.isEmpty() ? new String[0] : line.split(" "));
    return measure.settings.settings();
  }
}
