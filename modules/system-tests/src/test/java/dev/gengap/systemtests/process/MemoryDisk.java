package dev.gengap.systemtests.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own, in memory (Linux). Caller closes. */
record MemoryDisk(Path path) implements AutoCloseable {

  /**
   * Mounts one at {@code path}; skips the test where this user may not.
   *
   * @param options of tmpfs, such as size=1m
   */
  static MemoryDisk mount(Path path, String options) throws IOException {
    Files.createDirectories(path);
    assumeTrue(
        Files.isExecutable(Path.of("/bin/mount")) || Files.isExecutable(Path.of("/usr/bin/mount")),
        "needs a program to mount a disk of its own");
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString()) == 0,
        "needs the right to mount a disk of its own");
    return new MemoryDisk(path);
  }

  @Override
  public void close() throws IOException {
    if (run("umount", path.toString()) != 0) {
      throw new IOException(path + ": could not be unmounted");
    }
  }

  private static int run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.onExit().join().exitValue();
  }
}
