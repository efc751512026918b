package dev.gengap.systemtests.process;

import java.io.File;
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
public final class Gengap {
  private static final String MAIN = "dev.gengap.cli.Main";

  private final Path folder;
  private final List<String> launcher;
  private int started;

  /**
   * @param folder where the processes work, and their output goes
   */
  public Gengap(Path folder) {
    this(folder, List.of());
  }

  /**
   * @param folder where the processes work, and their output goes
   * @param launcher a command that becomes the one it is given, in surroundings of its choice
   */
  public Gengap(Path folder, List<String> launcher) {
    this.folder = folder;
    this.launcher = List.copyOf(launcher);
  }

  /** Runs the command to its end. */
  public Result run(String... args) {
    try (RunningCommand command = start(args)) {
      return command.await();
    }
  }

  /** Starts the command. Caller closes. */
  public RunningCommand start(String... args) {
    return start(List.of(), MAIN, args);
  }

  /** Starts the command with further options for Java. Caller closes. */
  public RunningCommand start(List<String> javaOptions, String... args) {
    return start(javaOptions, MAIN, args);
  }

  /** Starts the command with {@code classes} in front of its class path. Caller closes. */
  RunningCommand startBefore(Path classes, String... args) {
    return start(List.of(), classes + File.pathSeparator + classPath(), MAIN, args);
  }

  /** Starts any main class of the class path. Caller closes. */
  public RunningCommand startMain(Class<?> main, String... args) {
    return start(List.of(), main.getName(), args);
  }

  /** Starts a main class by its name, with further options for Java. Caller closes. */
  public RunningCommand startMain(List<String> javaOptions, String main, String... args) {
    return start(javaOptions, main, args);
  }

  private RunningCommand start(List<String> javaOptions, String main, String... args) {
    return start(javaOptions, classPath(), main, args);
  }

  private RunningCommand start(
      List<String> javaOptions, String classPath, String main, String... args) {
    String name = "process-" + ++started;
    List<String> command = new ArrayList<>(launcher);
    command.addAll(signals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(name));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", classPath, main));
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
  public static Path checkout() {
    return Path.of("../..").toAbsolutePath().normalize();
  }
}
