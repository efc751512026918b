package dev.gengap.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gengap.core.UserError;
import dev.gengap.experiment.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadFileTest {
  @TempDir Path folder;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            "trainig.momentum = 1",
            ":1: trainig: unknown key (expected: one of name, seed, seeds, data, preprocessing,"
                + " condition, augmentation, network, networks, initialiser, training, snapshots, feed,"
                + " devices, backend, grid, overrides, measures); did you mean training?"),
        Arguments.of(
            "training { stop { max-epoch = 3 } }",
            ":1: training.stop.max-epoch: unknown key (expected: one of train-loss, evaluate,"
                + " patience, max-epochs, max-steps); did you mean max-epochs?"),
        Arguments.of(
            "\ncondition { kind = partial-labels\n p = 1.5 }",
            ":3: condition.p: 1.5 (expected: a number from 0 to 1)"),
        Arguments.of(
            "condition.kind = random-label",
            ":1: condition.kind: random-label (expected: one of none, partial-labels,"
                + " random-labels, permuted-labels, shuffled-pixels, random-pixels, gaussian);"
                + " did you mean random-labels?"),
        Arguments.of(
            "training.batch-size = many",
            ":1: training.batch-size: many (expected: an integer ≥ 1)"),
        Arguments.of(
            "training.batch-size = 1.5", ":1: training.batch-size: 1.5 (expected: an integer ≥ 1)"),
        Arguments.of(
            "training.learning-rate = 0", ":1: training.learning-rate: 0 (expected: a number > 0)"),
        Arguments.of(
            "training.learning-rate = \"0.1\"",
            ":1: training.learning-rate: 0.1 (expected: a number > 0)"),
        Arguments.of(
            "training.momentum = 1", ":1: training.momentum: 1 (expected: a number ≥ 0 and < 1)"),
        Arguments.of(
            "training = 5",
            ":1: training: 5 (expected: an object with batch-size, optimiser, learning-rate,"
                + " momentum, nesterov, beta1, beta2, alpha, epsilon, weight-decay,"
                + " learning-rate-decay, learning-rate-steps, stop)"),
        Arguments.of(
            "training.optimiser = adaw",
            ":1: training.optimiser: adaw (expected: one of sgd, adam, adamw, rmsprop);"
                + " did you mean adam?"),
        Arguments.of(
            "training { beta2 = 1, optimiser = sgd }",
            ":1: training.beta2: 1 (expected: a number ≥ 0 and < 1)"),
        Arguments.of(
            "training.learning-rate-steps = [150]",
            ":1: training.learning-rate-steps: [150] (expected: an object with epochs, factor)"),
        Arguments.of(
            "training.learning-rate-steps.epochs = [0]",
            ":1: training.learning-rate-steps.epochs: [0] (expected: a list of: an integer ≥ 1)"),
        Arguments.of(
            "training.stop.patience = 5",
            ":1: training.stop.patience: 5 (expected: 0, unless data.held-out is > 0)"),
        Arguments.of(
            "data { train = 100, held-out = 100 }",
            ":1: data.held-out: 100 (expected: less than 100, the training examples)"),
        Arguments.of(
            "data.held-out = some, training.stop.patience = 5",
            ":1: data.held-out: some (expected: an integer ≥ 0)"),
        Arguments.of(
            "snapshots.at = [best]",
            ":1: snapshots.at: [\"best\"] (expected: no best, unless data.held-out is > 0)"),
        Arguments.of(
            "training.stop { max-epochs = 0 }",
            ":1: training.stop.max-epochs: 0 (expected: > 0, unless train-loss, patience or"
                + " max-steps ends the run)"),
        Arguments.of(
            "data { set = mnist, train = 60001 }",
            ":1: data.train: 60001 (expected: at most 60000, the training examples of mnist)"),
        Arguments.of(
            "preprocessing.crop = 29",
            ":1: preprocessing.crop: 29 (expected: at most 28, the images' smaller side)"),
        Arguments.of(
            "augmentation.rotation = -25",
            ":1: augmentation.rotation: -25 (expected: a number from 0 to 180)"),
        Arguments.of(
            "augmentation.hue = 0.6",
            ":1: augmentation.hue: 0.6 (expected: a number from 0 to 0.5)"),
        Arguments.of(
            "augmentation { flip = true, saturation = 0.5 }",
            ":1: augmentation.saturation: 0.5 (expected: 0, for images of generated are not in"
                + " colour)"),
        Arguments.of(
            "augmentation.padding = 4",
            ":1: augmentation.padding: 4 (expected: 0 without augmentation.random-crop)"),
        Arguments.of(
            "augmentation { random-crop = true, padding = 28 }",
            ":1: augmentation.padding: 28 (expected: less than 28, the side of the crop)"),
        Arguments.of(
            "augmentation.random-crop = true",
            ":1: augmentation.random-crop: true (expected: false, or augmentation.padding > 0, or a"
                + " preprocessing.crop that leaves a choice)"),
        Arguments.of(
            "condition.kind = gaussian, preprocessing.crop = 20, augmentation.random-crop = true",
            ":1: augmentation.random-crop: true (expected: false, or augmentation.padding > 0, for"
                + " gaussian fixes the crop)"),
        Arguments.of(
            "networks { a = mlp-1x8 }",
            ":1: networks: {\"a\":\"mlp-1x8\"} (expected: an object: name = {layers = […]}, …)"),
        Arguments.of(
            "grid { networks = [{}] }",
            ":1: networks: [{}] (expected: a key that may differ between runs);"
                + " set it outside grid and overrides"),
        Arguments.of(
            "network = mlp-512",
            ":1: network: mlp-512 (expected: a file, or one of mlp-1x512, mlp-DxW)"),
        Arguments.of(
            "name = \"a/b\"",
            ":1: name: a/b (expected: lower-case letters, digits, '-' and '_', a letter or"
                + " digit first)"),
        Arguments.of(
            "snapshots.every = 5",
            ":1: snapshots.every: 5 (expected: n epochs or n steps with n ≥ 1, or none)"),
        Arguments.of(
            "snapshots.at = [middle]",
            ":1: snapshots.at: [\"middle\"] (expected: a list of: start, end, best or \"train-loss <= x\""
                + " with x > 0)"),
        Arguments.of(
            "snapshots.keep = some",
            ":1: snapshots.keep: some (expected: all, none or last n with n ≥ 1)"),
        Arguments.of(
            "snapshots.refine = [{train-loss = 0.1, checks-per-epoch = 3}]",
            ":1: snapshots.refine: [{\"checks-per-epoch\":3,\"train-loss\":0.1}] (expected: a list of:"
                + " {train-loss = a number > 0, checks-per-epoch = a power of two})"),
        Arguments.of(
            "measures { norms { use = [margin_p6] } }",
            ":1: measures.norms.use: margin_p6 (expected: one of error, margin, frobenius, spectral,"
                + " path-l1, path-l2, distance, train_error, test_error, margin_p5, margin_p10);"
                + " did you mean margin_p5?"),
        Arguments.of(
            "measures { norms { use = [margin_p5], att = [end] } }",
            ":1: measures.norms.att: unknown key (expected: one of use, at, settings); did you mean at?"),
        Arguments.of(
            "measures { norms { use = [margin_p5], settings { sigmas = 1 } } }",
            ":1: measures.norms.settings.sigmas: unknown key (expected: one of margin_percentile,"
                + " sigma, delta, examples, samples, cells, seconds, plugin_seconds); did you mean sigma?"),
        Arguments.of(
            "measures { norms { use = [margin_p5], settings { samples = 1 } } }",
            ":1: measures.norms.settings.samples: 1 (expected: a whole number >= 2)"),
        Arguments.of(
            "measures { norms { use = [margin_p5], settings = high } }",
            ":1: measures.norms.settings: high (expected: an object of margin_percentile, sigma,"
                + " delta, examples, samples, cells, seconds, plugin_seconds)"),
        Arguments.of(
            "measures { norms { use = [] } }",
            ":1: measures.norms.use: [] (expected: a list of one or more measures)"),
        Arguments.of(
            "measures { norms { use = [margin_p5], at = [\"train-loss <= 0.1\"] } }",
            ":1: measures.norms.at: train-loss <= 0.1 (expected: a moment at which a run takes a"
                + " snapshot); add it to snapshots.at"),
        Arguments.of(
            "grid { seed = 1 }", ":1: grid.seed: 1 (expected: a list of one or more values)"),
        Arguments.of(
            "grid { seed = [] }", ":1: grid.seed: [] (expected: a list of one or more values)"),
        Arguments.of("grid { seed = [1,\n x] }", ":2: seed: x (expected: an integer)"),
        Arguments.of(
            "grid { sead = [1] }",
            ":1: sead: unknown key (expected: one of name, seed, seeds, data, preprocessing,"
                + " condition, augmentation, network, networks, initialiser, training, snapshots, feed,"
                + " devices, backend, grid, overrides, measures); did you mean seed?"),
        Arguments.of(
            "grid { devices.threads = [1, 2] }",
            ":1: devices.threads: [1,2] (expected: a key that may differ between runs); set it outside"
                + " grid and overrides"),
        Arguments.of(
            "devices.use = gpu",
            ":1: devices.use: gpu (expected: one of auto, cpu, opencl, cuda, or opencl:N or cuda:N"
                + " with N ≥ 0, or a list of these); did you mean cpu?"),
        Arguments.of(
            "devices.use = opencl",
            ":1: devices.use: opencl (expected: auto or cpu or cuda, for backend = nd4j)"),
        Arguments.of(
            "devices.slots { mlp-1x512 = 0 }",
            ":1: devices.slots: {\"mlp-1x512\":0} (expected: an integer ≥ 0, or {network = an"
                + " integer ≥ 1, …, default = an integer ≥ 0})"),
        Arguments.of(
            "feed.payload = id",
            ":1: feed.payload: id (expected: one of pixels, ids); did you mean ids?"),
        Arguments.of(
            "overrides = [{ set { seed = 1 } }]",
            ":1: overrides[0]: {\"set\":{\"seed\":1}} (expected: {when = {path = value, …}, set = {path ="
                + " value, …}})"),
        Arguments.of(
            "overrides = [{ when { seed = 1 }, set { sed = 1 } }]",
            ":1: sed: unknown key (expected: one of name, seed, seeds, data, preprocessing,"
                + " condition, augmentation, network, networks, initialiser, training, snapshots, feed,"
                + " devices, backend, grid, overrides, measures); did you mean seed?"),
        Arguments.of(
            "include \"presets/none.conf\"",
            ": include: presets/none.conf (expected: a file beside this one or in "
                + TestEnvironment.PROJECT.resolve("config")
                + ")"),
        Arguments.of(
            "include \"a.conf\"", ": include: a.conf (expected: no file that includes itself)"),
        Arguments.of(
            "seed = ${base}",
            ":1: substitution: Could not resolve substitution to a value: ${base} (expected:"
                + " HOCON)"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void load_oneMistake_isNamedWithItsLine(String text, String expected) throws IOException {
    assertThat(problems(text)).hasSize(1);
    assertThat(problems(text).get(0)).isEqualTo(folder.resolve("a.conf") + expected);
  }

  @Test
  void load_manyMistakes_areAllReportedOnce() throws IOException {
    List<String> problems =
        problems(
            """
            data { set = mnist, train = 70000 }
            condition.p = 2
            network = resnet
            nam = x
            grid { seed = [1, 2, 3], training.momentum = [0, 2] }
            training { optimiser = adam, alpha = 2, stop.patience = 3 }
            measures { norms { use = [margins] } }
            augmentation {
              random-crop = true
              saturation = 1
              hue = 0.1
              contrast = -1
              rotate = 25
            }
            """);

    assertThat(problems.stream().map(p -> p.replaceFirst(".*a.conf:(\\d+): (\\S+):.*", "$1 $2")))
        .containsExactlyInAnyOrder(
            "1 data.train",
            "2 condition.p",
            "3 network",
            "4 nam",
            "5 training.momentum",
            "6 training.alpha",
            "6 training.stop.patience",
            "7 measures.norms.use",
            "9 augmentation.random-crop",
            "10 augmentation.saturation",
            "11 augmentation.hue",
            "12 augmentation.contrast",
            "13 augmentation.rotate");
  }

  @Test
  void load_brokenSyntax_isOneLine() throws IOException {
    assertThat(problems("name = a\ndata {"))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("a.conf") + ":2: syntax: ")
        .endsWith(" (expected: HOCON)");
  }

  @Test
  void load_mistakeInInclude_isPlacedThere() throws IOException {
    Files.writeString(folder.resolve("b.conf"), "\nseed = x");

    assertThat(problems("include \"b.conf\""))
        .containsExactly(folder.resolve("b.conf") + ":2: seed: x (expected: an integer)");
  }

  @Test
  void load_missingFile_isNamed() {
    Path missing = folder.resolve("missing.conf");

    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ExperimentFile.load(missing, TestEnvironment.create()));

    assertThat(error).hasMessage("experiment file: " + missing + " (expected: a file that exists)");
  }

  @Test
  void load_hugeGrid_isRefused() throws IOException {
    String values = "[" + "1,".repeat(999) + "1]";

    assertThat(problems("grid { seed = " + values + "\n data.train = " + values + " }"))
        .singleElement()
        .asString()
        .endsWith("(expected: at most 100000 combinations)");
  }

  private List<String> problems(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), text);
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> ExperimentFile.load(file, TestEnvironment.create()));
    assertThat(error).as("the error of: " + text).isNotNull();
    return error.problems().stream().map(Object::toString).toList();
  }
}
