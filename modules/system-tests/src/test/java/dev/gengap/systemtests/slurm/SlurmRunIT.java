package dev.gengap.systemtests.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An experiment as an array job of Gengap's nodes, with a program that stands in for SLURM. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "batch scripts are for bash")
@EnabledIfSystemProperty(named = "gengap.long", matches = "true")
class SlurmRunIT {
  private static final String EXPERIMENT =
      """
      name = tiny
      data { set = generated, train = 200, test = 100 }
      network = mlp-1x16
      training {
        batch-size = 5, learning-rate = 0.005, momentum = 0.9
        stop { max-epochs = 300 }
      }
      grid { condition.kind = [none, random-labels] }
      snapshots { every = 4000 steps, at = [start, end], keep = all }
      measures { errors { use = [error] }, norms { use = [margin, spectral] } }
      devices { threads = 1, slots = 1 }
      """;

  @TempDir private Path folder;

  private StandIn slurm;

  @BeforeEach
  void layOut() throws IOException {
    slurm = new StandIn(folder);
    slurm.useGengap();
    slurm.setPatience(600);
  }

  @AfterEach
  void killTheRest() throws IOException {
    slurm.close();
  }

  @Test
  void experiment_asAnArrayJobThatIsRequeued_endsByItselfWithTheSameBits() throws Exception {
    Path file = Files.writeString(folder.resolve("tiny.conf"), EXPERIMENT);
    Path script = folder.resolve("job.sbatch");
    Path alone = folder.resolve("alone");
    gengap(
        "submit",
        file.toString(),
        "--slurm=" + script,
        "--shared=" + slurm.shared(),
        "--tasks=2",
        "--timeout=30");
    Path runs = slurm.shared().resolve("runs/tiny");

    slurm.submit(script);
    slurm.await("it trains", () -> rows(runs) > 50);
    slurm.signalAll("USR1");

    assertThat(slurm.awaitCodes()).containsExactly(0, 0);
    assertThat(slurm.output(0)).containsOnlyOnce("SIGUSR1: stops");
    assertThat(slurm.output(1)).containsOnlyOnce("SIGUSR1: stops");
    slurm.assertNothingLeft();
    gengap("run", file.toString(), "--runs=" + alone);
    Map<Path, String> expected = results(alone.resolve("tiny"));
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(results(runs)).isEqualTo(expected);
  }

  private void gengap(String... args) throws Exception {
    Path out = folder.resolve("gengap.out");
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(slurm.gengap().toString()), Stream.of(args)).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> text(out)).isZero();
  }

  private static long rows(Path runs) {
    return files(runs).stream()
        .filter(file -> file.endsWith("progress.csv"))
        .mapToLong(file -> text(file).lines().count())
        .sum();
  }

  /** What runs came to, by the files' places. */
  private static Map<Path, String> results(Path runs) {
    Map<Path, String> results = new TreeMap<>();
    for (Path file : files(runs)) {
      String name = file.getFileName().toString();
      if (List.of("progress.csv", "measurements.csv").contains(name)
          || file.getParent().endsWith("snapshots")) {
        results.put(runs.relativize(file), text(file));
      }
    }
    return results;
  }

  private static List<Path> files(Path below) {
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
