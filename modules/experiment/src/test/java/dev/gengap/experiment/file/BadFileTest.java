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
                + " condition, network, initialiser, training, snapshots, feed, devices, backend,"
                + " grid, overrides, measures); did you mean training?"),
        Arguments.of(
            "training { stop { max-epoch = 3 } }",
            ":1: training.stop.max-epoch: unknown key (expected: one of train-loss, evaluate,"
                + " max-epochs, max-steps); did you mean max-epochs?"),
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
            ":1: training: 5 (expected: an object with batch-size, learning-rate, momentum,"
                + " weight-decay, learning-rate-decay, stop)"),
        Arguments.of(
            "training.stop { max-epochs = 0 }",
            ":1: training.stop.max-epochs: 0 (expected: > 0, unless train-loss or max-steps ends"
                + " the run)"),
        Arguments.of(
            "data { set = mnist, train = 60001 }",
            ":1: data.train: 60001 (expected: at most 60000, the training examples of mnist)"),
        Arguments.of(
            "preprocessing.crop = 29",
            ":1: preprocessing.crop: 29 (expected: at most 28, the images' smaller side)"),
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
            ":1: snapshots.at: [\"middle\"] (expected: a list of: start, end or \"train-loss <= x\""
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
            ":1: measures.norms.att: unknown key (expected: one of use, at); did you mean at?"),
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
                + " condition, network, initialiser, training, snapshots, feed, devices, backend,"
                + " grid, overrides, measures); did you mean seed?"),
        Arguments.of(
            "grid { devices.threads = [1, 2] }",
            ":1: devices.threads: [1,2] (expected: a key that may differ between runs); set it outside"
                + " grid and overrides"),
        Arguments.of(
            "overrides = [{ set { seed = 1 } }]",
            ":1: overrides[0]: {\"set\":{\"seed\":1}} (expected: {when = {path = value, …}, set = {path ="
                + " value, …}})"),
        Arguments.of(
            "overrides = [{ when { seed = 1 }, set { sed = 1 } }]",
            ":1: sed: unknown key (expected: one of name, seed, seeds, data, preprocessing,"
                + " condition, network, initialiser, training, snapshots, feed, devices, backend,"
                + " grid, overrides, measures); did you mean seed?"),
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
            measures { norms { use = [margins] } }
            """);

    assertThat(problems.stream().map(p -> p.replaceFirst(".*a.conf:(\\d+): (\\S+):.*", "$1 $2")))
        .containsExactlyInAnyOrder(
            "1 data.train",
            "2 condition.p",
            "3 network",
            "4 nam",
            "5 training.momentum",
            "6 measures.norms.use");
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
