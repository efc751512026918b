package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong: one line that says where, what and what was expected, and nothing written. */
class BadInputIT {
  @TempDir private Path folder;

  private Gengap gengap;

  @BeforeEach
  void workInTheFolder() {
    gengap = new Gengap(folder);
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of(
            "learning-rate",
            "lerning-rate",
            "bad.conf:5: training.lerning-rate: unknown key (expected: one of batch-size,"
                + " optimiser, learning-rate, momentum, nesterov, beta1, beta2, alpha, epsilon,"
                + " weight-decay, learning-rate-decay, learning-rate-steps, stop); did you mean"
                + " learning-rate?"),
        Arguments.of(
            "batch-size = 20",
            "batch-size = many",
            "bad.conf:5: training.batch-size: many (expected: an integer ≥ 1)"),
        Arguments.of(
            "condition.kind = [none, random-labels]",
            "condition.kind = [partial-labels], condition.p = [0.5, 1.5]",
            "bad.conf:8: condition.p: 1.5 (expected: a number from 0 to 1)"),
        Arguments.of(
            "mlp-1x16",
            "{ layers = [{ type = flatten }, { type = linear, out = 7 }] }",
            "bad.conf:3: network layers[1] output: [7] (expected: [10], one number for each"
                + " class)"),
        Arguments.of(
            "mlp-1x16",
            "{ input = [3, 32, 32], layers = [{ type = flatten }, { type = linear, out = 10 }] }",
            "bad.conf:3: network input and classes: [3, 32, 32] and 10 (expected: [1, 28, 28] and"
                + " 10)"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void run_ofAFileThatIsWrong_namesLineKeyAndValue(String before, String after, String problem) {
    ExperimentText.TINY.with(before, after).in(folder.resolve("bad.conf"));

    assertRefused(problem, "run", "bad.conf");
  }

  static Stream<Arguments> badData() {
    return Stream.of(
        Arguments.of(
            DataFilesThatAre.MISSING,
            "mnist",
            "data/mnist: train-images-idx3-ubyte: missing (expected: an idx file, plain or .gz);"
                + " get it with `gengap data fetch mnist`, or give its folder with --data DIR"),
        Arguments.of(
            DataFilesThatAre.TRUNCATED,
            "mnist",
            "data/mnist/train-images-idx3-ubyte: truncated file: 156700 bytes of examples"
                + " (expected: 156800 bytes for the 200 examples its header announces); delete it"
                + " and run `gengap data fetch mnist`"),
        Arguments.of(
            DataFilesThatAre.OF_ANOTHER_KIND,
            "mnist",
            "data/mnist/train-images-idx3-ubyte: magic number: 0x00000d03 (expected: 0x00000803,"
                + " an idx file of 3 dimensions); delete it and run `gengap data fetch mnist`"),
        Arguments.of(
            DataFilesThatAre.MISSING,
            "cifar-10",
            "data/cifar-10/cifar-10-batches-bin: data_batch_1.bin: missing (expected: at least one"
                + " data_batch_N.bin, N = 1 … 5); get it with `gengap data fetch cifar-10`, or give"
                + " its folder with --data DIR"),
        Arguments.of(
            DataFilesThatAre.TRUNCATED,
            "cifar-10",
            "data/cifar-10/data_batch_1.bin: size: 614500 bytes (expected: a multiple of 3073"
                + " bytes, 30730000 as published); delete it and run `gengap data fetch cifar-10`"),
        Arguments.of(
            DataFilesThatAre.OF_ANOTHER_KIND,
            "cifar-10",
            "data/cifar-10/data_batch_1.bin: label of record 0: 77 (expected: 0 … 9); delete it and"
                + " run `gengap data fetch cifar-10`"));
  }

  @ParameterizedTest
  @MethodSource("badData")
  void run_overDataFilesThatAreWrong_namesTheFile(
      DataFilesThatAre wrong, String set, String problem) throws IOException {
    wrong.write(folder.resolve("data").resolve(set), set);
    ExperimentText.TINY.with("generated", set).in(folder.resolve("bad.conf"));

    assertRefused(problem, "run", "bad.conf");
  }

  @Test
  void run_withoutABrokerThere_saysSoAfterTheTimeout() {
    ExperimentText.TINY.in(folder.resolve("tiny.conf"));
    String problem =
        "--bootstrap: broker: 127.0.0.1:1 (expected: a Kafka broker that answers within 2 s); start"
            + " it or mend the address; without --bootstrap gengap runs its own";

    assertRefused(problem, "run", "tiny.conf", "--bootstrap", "127.0.0.1:1", "--timeout", "2");
    assertRefused(problem, "watch", "--bootstrap", "127.0.0.1:1", "--timeout", "2");
  }

  @Test
  void command_withoutItsFiles_namesThem() {
    assertRefused("Missing required parameter: 'FILE'; see `gengap run --help`", "run");
    assertRefused("experiment file: gone.conf (expected: a file that exists)", "run", "gone.conf");
    assertRefused(
        "run folder: runs/gone (expected: a folder with a manifest.json); run an experiment first,"
            + " or name a folder below runs/",
        "watch",
        "runs/gone");
    assertRefused(
        "Missing required option: '--network=FILE'; see `gengap measure --help`", "measure");
    assertRefused(
        "Missing required argument (specify one of these): (--weights=FILE | --watch=DIR); see"
            + " `gengap measure --help`",
        "measure",
        "--network=net.json");
  }

  @Test
  void train_intoAFolderThatIsNotThere_isRefusedBeforeItTrains() {
    assertRefused(
        "--out: gone/out.safetensors (expected: a file in a folder to write in)",
        "train",
        "--network=net.json",
        "--init=init.safetensors",
        "--data=data.safetensors",
        "--steps=1",
        "--out=gone/out.safetensors");
  }

  @Test
  void run_belowARegularFile_namesTheFolder() throws IOException {
    Files.createFile(folder.resolve("file"));
    ExperimentText.TINY.in(folder.resolve("tiny.conf"));

    assertRefused(
        "file/runs/tiny: create: Not a directory (expected: a disk with room that may be written);"
            + " free space, or choose another folder",
        "run",
        "tiny.conf",
        "--runs",
        "file/runs");
  }

  @Test
  void tensors_whoseHeaderLies_areRefused() throws IOException {
    Path golden = GoldenFiles.measures("mlp-1x16");
    LyingTensors.OUTSIDE_THE_FILE.write(folder.resolve("outside.safetensors"));
    LyingTensors.ENDLESS_HEADER.write(folder.resolve("endless.safetensors"));
    String network = golden.resolve("network.json").toString();
    String init = golden.resolve("init.safetensors").toString();

    assertRefused(
        "outside.safetensors: tensor x data_offsets: [0, 9999999] (expected: [begin, end] with begin"
            + " ≤ end ≤ 192, the bytes of data in the file)",
        "measure",
        "--network",
        network,
        "--weights",
        init,
        "--data",
        "outside.safetensors");
    assertRefused(
        "endless.safetensors: header length: 1152921504606846976 bytes (expected: at most the 258"
            + " that follow in the file)",
        "train",
        "--network",
        network,
        "--init",
        "endless.safetensors",
        "--data",
        "outside.safetensors",
        "--steps",
        "1",
        "--out",
        "out.safetensors");
    assertThat(folder.resolve("out.safetensors")).doesNotExist();
  }

  private void assertRefused(String problem, String... command) {
    Result result = gengap.run(command);

    assertThat(result.errorLines()).isEqualTo(List.of("gengap: " + problem));
    assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(result.out()).isEmpty();
    assertThat(folder.resolve("runs")).doesNotExist();
  }
}
