package dev.gengap.compute.aparapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that need a process of their own. */
class AparapiFailureIT {
  @TempDir Path folder;

  @BeforeEach
  void needsADevice() {
    OpenCl.device();
  }

  @Test
  void create_working_runsOnTheDevice() throws Exception {
    assertThat(probe(Map.of())).isEqualTo("read 2.0");
  }

  @Test
  void find_noDriver_isAnErrorThatSaysWhatToInstall() throws Exception {
    assertThat(
            probe(
                Map.of(
                    "OCL_ICD_VENDORS", folder.toString(), "OPENCL_VENDOR_PATH", folder.toString())))
        .startsWith("UserError OpenCL device: 0 (expected: one; there is none)")
        .contains("apt-get install pocl-opencl-icd");
  }

  @Test
  void create_kernelDoesNotCompile_isAnErrorAndNoFallBack() throws Exception {
    assertThat(probe(Map.of("POCL_EXTRA_BUILD_FLAGS", "-Dfloat=none", "POCL_KERNEL_CACHE", "0")))
        .startsWith("UserError OpenCL device: ")
        .contains("(expected: one that compiles Gengap's kernel)");
  }

  @Test
  void read_memoryReplacedByTheCollector_isTheDevicesFault() throws Exception {
    assertThat(probe(Map.of(), "-XX:+UseSerialGC", "-Xmx256m"))
        .startsWith("DeviceException memory of ")
        .contains("lost when the Java heap was compacted", "-XX:+UseG1GC");
  }

  @Test
  void allocate_moreThanTheDeviceHas_isTheDevicesFault() throws Exception {
    assertThat(probe(Map.of("POCL_MEMORY_LIMIT", "1"), "-Delements=100000000"))
        .startsWith(
            "DeviceException memory: 381 MiB (expected: at most 256 MiB in one workspace on ");
  }

  private String probe(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    Path outcome = folder.resolve("outcome");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FailureProbe.class.getName(), outcome.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("log").toFile());
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    return Files.readString(outcome);
  }
}
