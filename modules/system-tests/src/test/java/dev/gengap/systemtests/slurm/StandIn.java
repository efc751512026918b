package dev.gengap.systemtests.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.cli.cluster.slurm.SlurmFiles;
import dev.gengap.cli.cluster.slurm.SlurmJob;
import dev.gengap.cli.cluster.slurm.SlurmJob.PassedOptions;
import dev.gengap.cli.cluster.slurm.SlurmScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Programs that stand in for SLURM and Gengap, and one array job under them. Confined to one
 * thread; closing it kills what still runs.
 */
final class StandIn implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long POLL_MILLIS = 20;

  private final Path folder;
  private final Path bin;
  private final Path state;
  private final Path shared;
  private String host = "this-host";
  private int patienceSeconds = 60;
  private Process sbatch;

  /** Lays the programs out in {@code folder}. */
  StandIn(Path folder) throws IOException {
    this.folder = folder;
    this.bin = Files.createDirectories(folder.resolve("bin"));
    this.state = Files.createDirectories(folder.resolve("state"));
    this.shared = folder.resolve("shared disk");
    Files.createDirectories(shared.resolve("logs"));
    for (String program : List.of("sbatch", "scontrol", "gengap")) {
      Path copy = Files.copy(Path.of("src/test/resources/slurm", program), bin.resolve(program));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Lets the real Gengap take the place of its stand-in, on this machine alone. */
  void useGengap() throws IOException {
    host = "127.0.0.1";
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Files.writeString(
        gengap(),
        """
        #!/usr/bin/env bash
        echo $$ > '%s/started-'$$
        exec '%s' -XX:+UseParallelGC -Xmx512m -XX:TieredStopAtLevel=1 \\
          -Dorg.bytedeco.javacpp.maxbytes=2g -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \\
          -Dgengap.home='%s' -Dgengap.log="${GENGAP_LOG:-%s/gengap.log}" \\
          -cp '%s' dev.gengap.cli.Main "$@"
        """
            .formatted(state, java, folder, folder, classPath));
  }

  /** The command the tasks start. */
  Path gengap() {
    return bin.resolve("gengap");
  }

  /** How long tasks wait for task 0 [s]. */
  void setPatience(int seconds) {
    patienceSeconds = seconds;
  }

  /** Submits a job of {@code tasks} nodes. */
  void submit(int tasks, Optional<String> bootstrap, String... sbatchOptions) throws IOException {
    SlurmFiles files = new SlurmFiles(gengap(), Path.of("/an/experiment.conf"), shared);
    PassedOptions options = new PassedOptions(List.of("--kafka", "a=b c"), List.of());
    SlurmJob job = new SlurmJob(files, tasks, Map.of(), bootstrap, options);
    Path script = Files.writeString(folder.resolve("job.sbatch"), SlurmScript.of(job).text());
    submit(script, sbatchOptions);
  }

  /** Submits the job that {@code script} is. */
  void submit(Path script, String... sbatchOptions) throws IOException {
    List<String> command = new ArrayList<>(List.of(bin.resolve("sbatch").toString()));
    command.addAll(List.of(sbatchOptions));
    command.add(script.toString());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO().redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", bin + ":" + environment.get("PATH"));
    environment.put("SLURM_STAND_IN", state.toString());
    environment.put("GENGAP_HOST", host);
    environment.put("GENGAP_BEAT_SECONDS", "0.4");
    environment.put("GENGAP_PATIENCE_SECONDS", Integer.toString(patienceSeconds));
    sbatch = builder.redirectOutput(folder.resolve("sbatch.out").toFile()).start();
  }

  /** Makes a file that tells the stand-in for Gengap what to do. */
  void tell(String file, String content) throws IOException {
    Path part = Files.writeString(folder.resolve("part"), content);
    Files.move(part, state.resolve(file));
  }

  /** Sends a signal to every task, as the stand-in for sbatch hands it on. */
  void signalAll(String signal) throws IOException, InterruptedException {
    signal(signal, sbatch.pid());
  }

  /** Sends a signal to the script of one task. */
  void signalTask(String signal, int task) throws IOException, InterruptedException {
    signal(signal, Long.parseLong(Files.readString(state.resolve("pids/" + task)).strip()));
  }

  /** Kills the broker, which learns nothing of it. */
  void killBroker() throws IOException, InterruptedException {
    String address = Files.readString(shared.resolve("job-4711/broker")).strip();
    signal("KILL", Long.parseLong(address.substring(address.indexOf(':') + 1)));
  }

  /** Calls of Gengap and what became of them, in order: {@code task N: …}. */
  List<String> calls() {
    Path calls = state.resolve("calls");
    try {
      return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls whose text has {@code part}. */
  List<String> calls(String part) {
    return calls().stream().filter(call -> call.contains(part)).toList();
  }

  /** Waits until {@code count} calls have {@code part} in their text. */
  void awaitCalls(int count, String part) {
    await(count + " times " + part, () -> calls(part).size() >= count);
  }

  /** Waits for the end of all tasks, and returns their exit codes in their order. */
  List<Integer> awaitCodes() throws IOException {
    await("all tasks to end", () -> !sbatch.isAlive());
    List<Integer> codes = new ArrayList<>();
    try (Stream<Path> files = Files.list(state.resolve("codes"))) {
      for (Path file : files.sorted().toList()) {
        codes.add(Integer.parseInt(Files.readString(file).strip()));
      }
    }
    return codes;
  }

  /** What a task wrote. */
  String output(int task) {
    try {
      return Files.readString(shared.resolve("logs/4711_" + task + ".out"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path shared() {
    return shared;
  }

  /** Asserts that no process of the job runs on, nor any sign of one is left. */
  void assertNothingLeft() throws IOException {
    assertThat(processes()).noneMatch(ProcessHandle::isAlive);
    assertThat(shared.resolve("job-4711/tasks")).isEmptyDirectory();
    assertThat(shared.resolve("job-4711/broker.part")).doesNotExist();
  }

  @Override
  public void close() throws IOException {
    if (sbatch != null) {
      sbatch.descendants().forEach(ProcessHandle::destroyForcibly);
      sbatch.destroyForcibly();
    }
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  private List<ProcessHandle> processes() throws IOException {
    try (Stream<Path> files = Files.list(state)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("started-"))
          .map(name -> Long.parseLong(name.substring("started-".length())))
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .toList();
    }
  }

  /** Waits until {@code condition} holds. */
  void await(String condition, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!holds.getAsBoolean()) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("still waiting for " + condition + ": " + calls());
        }
        sbatch.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + condition, e);
    }
  }

  private static void signal(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }
}
