package dev.gengap.systemtests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts Java processes as bin/gengap does, from the classes under test. Their output and log go to
 * files in one folder. Confined to one thread.
 */
final class Gengap {
  private static final String MAIN = "dev.gengap.cli.Main";

  private final Path folder;
  private int started;

  /**
   * @param folder where the processes work, and their output goes
   */
  Gengap(Path folder) {
    this.folder = folder;
  }

  /** Runs the command to its end. */
  Result run(String... args) {
    try (RunningCommand command = start(args)) {
      return command.await();
    }
  }

  /** Starts the command. Caller closes. */
  RunningCommand start(String... args) {
    return start(List.of(), MAIN, args);
  }

  /** Starts the command with further options for Java. Caller closes. */
  RunningCommand start(List<String> javaOptions, String... args) {
    return start(javaOptions, MAIN, args);
  }

  /** Starts any main class of the class path. Caller closes. */
  RunningCommand startMain(Class<?> main, String... args) {
    return start(List.of(), main.getName(), args);
  }

  /** Starts a main class by its name, with further options for Java. Caller closes. */
  RunningCommand startMain(List<String> javaOptions, String main, String... args) {
    return start(javaOptions, main, args);
  }

  private RunningCommand start(List<String> javaOptions, String main, String... args) {
    String name = "process-" + ++started;
    List<String> command = new ArrayList<>(signals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(name));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", classPath(), main));
    command.addAll(List.of(args));
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(Map.of("OMP_WAIT_POLICY", "passive"));
    try {
      return new RunningCommand(String.join(" ", args), builder.start(), out, err);
    } catch (IOException e) {
      throw new IllegalStateException(command + " did not start", e);
    }
  }

  private List<String> options(String name) {
    return List.of(
        "-XX:+UseParallelGC",
        "-Xmx512m",
        // Processes that live for seconds start faster without the optimizing compiler.
        "-XX:TieredStopAtLevel=1",
        "-Dorg.bytedeco.javacpp.maxbytes=2g",
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
        "-Dgengap.home=" + checkout(),
        "-Dgengap.log=" + folder.resolve(name + ".log"));
  }

  /** A shell's background job ignores Ctrl-C, and so do the processes it starts. */
  private static List<String> signals() {
    return Files.isDirectory(Path.of("/proc")) ? List.of("env", "--default-signal=INT") : List.of();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The checkout: tests run in their module's folder. */
  static Path checkout() {
    return Path.of("../..").toAbsolutePath().normalize();
  }
}
