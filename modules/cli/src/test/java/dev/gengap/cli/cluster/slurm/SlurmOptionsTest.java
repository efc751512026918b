package dev.gengap.cli.cluster.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.cli.cluster.slurm.SlurmJob.PassedOptions;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SlurmOptionsTest {
  @TempDir private Path folder;

  @Command(name = "submit")
  private static final class Submit {
    @Mixin private SlurmOptions slurm;
  }

  @Test
  void write_withAllOptions_writesTheScriptAndItsFolders() throws IOException {
    Path script = folder.resolve("job.sbatch");
    Path shared = folder.resolve("shared");
    SlurmOptions options =
        parse(
            "--slurm",
            script.toString(),
            "--shared",
            shared.toString(),
            "--tasks=3",
            "--time=60",
            "--cpus=2",
            "--mem=8G",
            "--gpus=1",
            "--partition=p",
            "--account=a");

    assertThat(options.wanted()).isTrue();
    assertThat(write(options)).isEqualTo(script);

    assertThat(Files.readString(script))
        .contains("#SBATCH --array=0-2\n")
        .contains("#SBATCH --time=60\n#SBATCH --cpus-per-task=2\n#SBATCH --mem=8G\n")
        .contains("#SBATCH --gres=gpu:1\n#SBATCH --partition=p\n#SBATCH --account=a\n")
        .contains("shared='" + shared + "'\n");
    assertThat(shared.resolve("logs")).isDirectory();
  }

  @Test
  void write_withoutAFolder_takesOneBesideTheScript() {
    write(parse("--slurm", folder.resolve("job.sbatch").toString()));

    assertThat(folder.resolve("gengap-slurm/logs")).isDirectory();
  }

  @Test
  void wanted_withoutOptions_isNot() {
    assertThat(parse().wanted()).isFalse();
  }

  @Test
  void wanted_withOptionsOfAScriptThatIsNot_isRefused() {
    SlurmOptions options = parse("--mem=1G");

    assertThatThrownBy(options::wanted)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--slurm: not given (expected: a file");
  }

  @Test
  void write_whereNothingCanBeWritten_saysSo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> write(parse("--slurm", file.resolve("job").toString())))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--slurm: ");
  }

  private Path write(SlurmOptions options) {
    return options.write(
        Path.of("gengap"), Path.of("a.conf"), Optional.empty(), PassedOptions.none());
  }

  private static SlurmOptions parse(String... args) {
    Submit submit = new Submit();
    new CommandLine(submit).parseArgs(args);
    return submit.slurm;
  }
}
