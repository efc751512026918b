package dev.gengap.cli.cluster.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.cli.cluster.slurm.SlurmJob.PassedOptions;
import dev.gengap.core.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmScriptTest {
  private static final SlurmFiles FILES =
      new SlurmFiles(Path.of("/opt/bin/gengap"), Path.of("/home/me/a.conf"), Path.of("/scratch/g"));

  @Test
  void text_askingForNothing_isAnArrayThatIsRequeuedAndToldBeforeItsTimeLimit() {
    SlurmJob job = new SlurmJob(FILES, 4, Map.of(), Optional.empty(), PassedOptions.none());

    assertThat(SlurmScript.of(job).text())
        .startsWith(
            """
            #!/bin/bash
            #SBATCH --job-name=gengap
            #SBATCH --array=0-3
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --signal=B:USR1@120
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --output="/scratch/g/logs/%A_%a.out"

            gengap='/opt/bin/gengap'
            experiment='/home/me/a.conf'
            shared='/scratch/g'
            bootstrap=''
            client_options=()
            node_options=()

            """)
        .endsWith("exit \"$code\"\n");
  }

  @Test
  void text_askingForResources_namesThemAsSbatchDoes() {
    Map<SlurmResource, String> resources =
        Map.of(
            SlurmResource.TIME, "1-12:00:00",
            SlurmResource.CPUS, "8",
            SlurmResource.MEM, "32G",
            SlurmResource.GPUS, "h200:2",
            SlurmResource.PARTITION, "gpu,long",
            SlurmResource.ACCOUNT, "lab");
    SlurmJob job = new SlurmJob(FILES, 1, resources, Optional.of("k:1"), PassedOptions.none());

    assertThat(SlurmScript.of(job).text())
        .contains(
            """
            #SBATCH --time=1-12:00:00
            #SBATCH --cpus-per-task=8
            #SBATCH --mem=32G
            #SBATCH --gres=gpu:h200:2
            #SBATCH --partition=gpu,long
            #SBATCH --account=lab
            """)
        .contains("\nbootstrap='k:1'\n");
  }

  @Test
  void text_ofHostileNames_quotesThem() {
    SlurmFiles files =
        new SlurmFiles(Path.of("/a b/gengap"), Path.of("/$(x)/it's.conf"), Path.of("/s"));
    PassedOptions options = new PassedOptions(List.of("--kafka", "a=b c"), List.of("--roles", "*"));
    SlurmJob job = new SlurmJob(files, 1, Map.of(), Optional.empty(), options);

    assertThat(SlurmScript.of(job).text())
        .contains(
            """
            gengap='/a b/gengap'
            experiment='/$(x)/it'\\''s.conf'
            """)
        .contains("client_options=('--kafka' 'a=b c')\nnode_options=('--roles' '*')\n");
  }

  @Test
  void job_withSeveralMistakes_namesThemAll() {
    Map<SlurmResource, String> resources =
        Map.of(SlurmResource.CPUS, "many", SlurmResource.TIME, "1h\n#SBATCH --uid=0");

    assertThatThrownBy(
            () -> new SlurmJob(FILES, 0, resources, Optional.empty(), PassedOptions.none()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--tasks: 0 (expected: >= 1)")
        .hasMessageContaining("--time: 1h")
        .hasMessageContaining("--cpus: many (expected: a number >= 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%j", "/a\"b", "/a\nb", "/a\\b"})
  void files_inAFolderSbatchWouldMisread_areRefused(String shared) {
    assertThatThrownBy(() -> new SlurmFiles(Path.of("g"), Path.of("e"), Path.of(shared)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--shared: ");
  }

  @ParameterizedTest
  @CsvSource({
    "TIME, 90",
    "TIME, 90:00",
    "TIME, 2-0",
    "TIME, 2-00:00:00",
    "MEM, 4000",
    "GPUS, 1",
  })
  void resource_inAFormSbatchKnows_isAccepted(SlurmResource resource, String value) {
    assertThat(resource.problem(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"TIME, 1h", "CPUS, 0", "MEM, 4GB", "GPUS, all", "PARTITION, a b", "ACCOUNT, a b"})
  void resource_inAnotherForm_isRefused(SlurmResource resource, String value) {
    assertThat(resource.problem(value)).isPresent();
  }
}
