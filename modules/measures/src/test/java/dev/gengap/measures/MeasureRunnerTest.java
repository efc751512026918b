package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.measures.plugin.PluginJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureRunnerTest {
  private static final String SIZE = "return MeasuredValue.exact(context.parameters().length);";

  /** Whatever it is asked. */
  private static final String HANG =
      """
      while (true) {
        try {
          Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
          continue;
        }
      }
      """;

  @TempDir private Path folder;

  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void plugins_thatMisbehave_harmOnlyTheirOwnMeasurements() {
    Catalogue catalogue =
        catalogue(
            new PluginJar()
                .measure("Throwing", "throwing", "throw new IllegalStateException(\"no\");")
                .measure("Nan", "nan", "return MeasuredValue.exact(0.0 / 0);")
                .measure("Nothing", "nothing", "return null;")
                .measure("Full", "full", "throw new OutOfMemoryError(\"full\");")
                .measure("Deep", "deep", "return measure(context);")
                .measure("Good", "good", SIZE));

    Map<String, Outcome> outcomes;
    try (MeasureRunner runner = runner()) {
      outcomes = run(runner, catalogue.all(), Settings.STANDARD);
    }

    assertThat(outcomes).hasSameSizeAs(catalogue.all());
    assertThat(outcomes.get("throwing"))
        .isEqualTo(new Outcome.Failed("java.lang.IllegalStateException: no"));
    assertThat(outcomes.get("nan"))
        .isEqualTo(new Outcome.Failed("value: NaN (expected: a finite number)"));
    assertThat(outcomes.get("nothing"))
        .isEqualTo(new Outcome.Failed("value: null (expected: one)"));
    assertThat(outcomes.get("full"))
        .isEqualTo(new Outcome.Failed("java.lang.OutOfMemoryError: full"));
    assertThat(outcomes.get("deep")).isEqualTo(new Outcome.Failed("java.lang.StackOverflowError"));
    assertThat(outcomes.get("good")).isEqualTo(new Outcome.Measured(MeasuredValue.exact(6)));
    assertThat(outcomes.get("ln_frobenius_product")).isInstanceOf(Outcome.Measured.class);
  }

  @Test
  void plugin_thatHangs_isGivenUpAndTheNextGoesOn() {
    Catalogue catalogue =
        catalogue(
            new PluginJar().measure("Hanging", "hanging", HANG).measure("Good", "good", SIZE));
    List<Measure> measures = catalogue.named(List.of("plugins", "ln_frobenius_product"));
    Settings impatient = new Settings(Map.of(Setting.PLUGIN_SECONDS, 2.0));

    try (MeasureRunner runner = runner()) {
      Map<String, Outcome> outcomes = run(runner, measures, impatient);
      assertThat(outcomes.keySet()).containsExactly("ln_frobenius_product", "hanging", "good");
      assertThat(outcomes.get("hanging"))
          .isEqualTo(new Outcome.Failed("no value within 2.0 s, plugin_seconds"));
      assertThat(outcomes.get("good")).isEqualTo(new Outcome.Measured(MeasuredValue.exact(6)));

      outcomes = run(runner, measures, impatient);
      assertThat(outcomes.get("hanging"))
          .isEqualTo(
              new Outcome.Failed(
                  "no value within 2.0 s, plugin_seconds; that attempt has still not ended"));
      assertThat(outcomes.get("good")).isEqualTo(new Outcome.Measured(MeasuredValue.exact(6)));
      assertThat(opened).as("one for the built-in, one for each thread").hasValue(3);
    }
  }

  @Test
  void measures_onceCancelled_beginNoMoreAndLeaveAPluginBehind() {
    Catalogue catalogue =
        catalogue(
            new PluginJar().measure("Hanging", "hanging", HANG).measure("Good", "good", SIZE));
    List<Measure> measures = catalogue.named(List.of("ln_frobenius_product", "plugins"));
    List<String> ended = new ArrayList<>();
    AtomicInteger questions = new AtomicInteger();
    MeasureListener impatient =
        new MeasureListener() {
          @Override
          public void ended(MeasureResult result) {
            ended.add(result.key());
          }

          @Override
          public boolean cancelled() {
            return questions.incrementAndGet() > 10;
          }
        };

    try (MeasureRunner runner = runner()) {
      runner.run("run", snapshot(Settings.STANDARD), measures, impatient);
      assertThat(ended).containsExactly("ln_frobenius_product");

      runner.run("run", snapshot(Settings.STANDARD), measures, impatient);
      assertThat(ended).as("already cancelled").hasSize(1);
    }
  }

  @Test
  void plugins_ofSeveralSnapshots_shareOneThread() {
    Catalogue catalogue = catalogue(new PluginJar().measure("Good", "good", SIZE));

    try (MeasureRunner runner = runner()) {
      run(runner, catalogue.named(List.of("good")), Settings.STANDARD);
      run(runner, catalogue.named(List.of("good")), Settings.STANDARD);
    }

    assertThat(opened).as("one for the built-in, one for the thread").hasValue(2);
  }

  @Test
  void measure_ofManyPasses_isAnnouncedWithItsTime() {
    Map<String, Double> announced = new LinkedHashMap<>();
    MeasureListener listener =
        new MeasureListener() {
          @Override
          public void begins(MeasureDescription measure, double seconds) {
            announced.put(measure.key(), seconds);
          }

          @Override
          public void ended(MeasureResult result) {
            assertThat(result.outcome()).isInstanceOf(Outcome.Measured.class);
          }
        };
    MeasuredSnapshot weights = SmallNetworks.snapshot(new float[][] {{1, 2}, {3, 4}});
    MeasuredSnapshot snapshot =
        new MeasuredSnapshot(
            weights.network(),
            weights.weights(),
            Optional.empty(),
            Optional.of(
                new SmallNetworks.ArrayExamples(new float[][] {{1, 0}, {0, 1}}, new int[] {0, 1})),
            Optional.empty(),
            1,
            Settings.STANDARD);

    try (MeasureRunner runner = runner()) {
      runner.run("run", snapshot, List.of(passes("few", 2), passes("many", 1e6)), listener);
    }

    assertThat(announced).containsOnlyKeys("many");
    assertThat(announced.get("many")).isPositive();
  }

  /** A measure that says it makes so many passes. */
  private static Measure passes(String key, double count) {
    return Definition.of(key, "1", "a test")
        .passes(CostClass.PERTURBATIONS, context -> count)
        .exact(context -> 1);
  }

  private MeasureRunner runner() {
    return new MeasureRunner(
        () -> {
          opened.incrementAndGet();
          return new ReferenceBackend();
        });
  }

  private Catalogue catalogue(PluginJar jar) {
    jar.writeTo(folder, "plugin.jar");
    return Catalogue.withPlugins(folder);
  }

  private static Map<String, Outcome> run(
      MeasureRunner runner, List<Measure> measures, Settings settings) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    runner.run(
        "run",
        snapshot(settings),
        measures,
        result -> outcomes.put(result.key(), result.outcome()));
    return outcomes;
  }

  private static MeasuredSnapshot snapshot(Settings settings) {
    MeasuredSnapshot weights = SmallNetworks.snapshot(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    return new MeasuredSnapshot(
        weights.network(),
        weights.weights(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        settings);
  }
}
