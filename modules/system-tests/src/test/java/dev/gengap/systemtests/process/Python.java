package dev.gengap.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python interpreter with the package gengap, built from this checkout as its users build it. Its
 * output goes to files in one folder. Confined to one thread.
 */
final class Python {
  private static final String NEEDED =
      "import numpy, google.protobuf, confluent_kafka, setuptools, shutil;"
          + " assert shutil.which('protoc')";

  private final String interpreter;
  private final Path folder;
  private int started;

  private Python(String interpreter, Path folder) {
    this.interpreter = interpreter;
    this.folder = folder;
  }

  /**
   * Builds the package with the first interpreter that has what it needs: {@code GENGAP_PYTHON},
   * Debian's, or the one of the path. Where there is none the tests that asked are skipped.
   */
  static Python build(Path folder) {
    Optional<Python> found =
        Stream.of(System.getenv("GENGAP_PYTHON"), "/usr/bin/python3", "python3")
            .filter(name -> name != null)
            .map(name -> new Python(name, folder))
            .filter(python -> python.can(NEEDED))
            .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(),
        "no Python with numpy, protobuf, confluent_kafka and protoc; Debian: apt-get install"
            + " python3-numpy python3-protobuf python3-confluent-kafka python3-setuptools"
            + " protobuf-compiler");
    Result built =
        found
            .get()
            .runIn(
                checkout(), Map.of(), "setup.py", "build", "--build-base", folder.resolve("build"));
    if (built.code() != 0) {
      throw new IllegalStateException("the package was not built\n" + built.err());
    }
    return found.get();
  }

  /** Whether PyTorch is installed. */
  boolean hasTorch() {
    return can("import torch");
  }

  /** Runs it to its end with further variables in its environment. */
  Result run(Map<String, String> environment, Object... arguments) {
    return runIn(folder, environment, arguments);
  }

  private boolean can(String code) {
    try {
      return runIn(folder, Map.of(), "-c", code).code() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Starts it; the caller closes it. */
  RunningCommand start(Object... arguments) {
    return startIn(folder, Map.of(), arguments);
  }

  private Result runIn(Path where, Map<String, String> environment, Object... arguments) {
    try (RunningCommand running = startIn(where, environment, arguments)) {
      return running.await();
    }
  }

  private RunningCommand startIn(Path where, Map<String, String> environment, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(interpreter));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    String name = "python-" + ++started;
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(packages());
    builder.environment().putAll(environment);
    try {
      return new RunningCommand(String.join(" ", command), builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The package as built, then its tests, then what the environment brings, such as PyTorch. */
  private Map<String, String> packages() {
    Map<String, String> variables = new HashMap<>();
    String own = folder.resolve("build").resolve("lib") + ":" + checkout();
    String given = System.getenv("PYTHONPATH");
    variables.put("PYTHONPATH", given == null ? own : own + ":" + given);
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
    return variables;
  }

  private static Path checkout() {
    return Gengap.checkout().resolve("python");
  }
}
