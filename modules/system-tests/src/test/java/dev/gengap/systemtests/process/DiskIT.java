package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.broker.BrokerAddress;
import dev.gengap.core.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, fill up, or may not be written; they need the right to mount one. */
class DiskIT {
  private static final int CHUNK_BYTES = 1 << 16;

  @TempDir private Path folder;

  private Gengap gengap;

  @BeforeEach
  void workInTheFolder() {
    gengap = new Gengap(folder);
    ExperimentText.TINY.in(folder.resolve("tiny.conf"));
  }

  @Test
  void run_onAFullDisk_isRefusedAndLeavesNothing() throws Exception {
    try (MemoryDisk disk = MemoryDisk.mount(folder.resolve("disk"), "size=1m")) {
      Result result = gengap.run("run", "tiny.conf", "--runs", "disk");

      assertThat(result.errorLines())
          .containsExactly(
              "gengap: disk/tiny: free disk space: 1 MiB (expected: at least 1024 MiB); free some,"
                  + " or choose another run folder");
      assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT.code());
      assertThat(disk.path()).isEmptyDirectory();
    }
  }

  @Test
  void run_onAReadOnlyDisk_isRefused() throws Exception {
    try (MemoryDisk disk = MemoryDisk.mount(folder.resolve("disk"), "size=1m,ro")) {
      Result result = gengap.run("run", "tiny.conf", "--runs", "disk");

      assertThat(result.errorLines())
          .containsExactly(
              "gengap: disk/tiny: create: Read-only file system (expected: a disk with room that may"
                  + " be written); free space, or choose another folder");
      assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT.code());
      assertThat(disk.path()).isEmptyDirectory();
    }
  }

  @Test
  @Timeout(120)
  void run_onADiskThatFillsUp_endsWithOneLineAndCarriesOnLater() throws Exception {
    ExperimentText.TINY
        .with("max-epochs = 4", "max-epochs = 200")
        .with("every = 2 epochs", "every = 100 epochs")
        .in(folder.resolve("tiny.conf"));
    try (MemoryDisk disk = MemoryDisk.mount(folder.resolve("disk"), "size=1080m")) {
      Path ballast = disk.path().resolve("ballast");
      RunFolderFiles files = RunFolderFiles.below(disk.path());
      try (RunningCommand run = gengap.start("run", "tiny.conf", "--runs", "disk")) {
        run.awaitUntil("it trains", () -> run.output().contains("kind=none: running"));
        do {
          // Kafka may still free what is consumed.
          fill(ballast);
        } while (!run.endsWithin(RunningCommand.POLL_MILLIS));
        Result result = run.await();

        assertThat(result.errorLines())
            .singleElement()
            .asString()
            .startsWith("gengap: disk/tiny/")
            .contains(" (expected: a disk ");
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT.code());
      }
      Files.delete(ballast);

      assertThat(gengap.run("run", "tiny.conf", "--runs", "disk").code()).isZero();
      assertThat(files.byRun("summary.json")).hasSize(2);
    }
  }

  @Test
  @Timeout(180)
  void node_onADiskThatFillsUp_saysSoInTheStatusAndCarriesOnLater() throws Exception {
    ExperimentText.TINY
        .with("max-epochs = 4", "max-epochs = 300")
        .with("every = 2 epochs", "every = 100 epochs")
        .in(folder.resolve("tiny.conf"));
    Path data = folder.resolve("broker");
    try (MemoryDisk disk = MemoryDisk.mount(folder.resolve("disk"), "size=8m");
        RunningCommand broker = gengap.start("broker", data.toString())) {
      broker.awaitUntil("it serves", () -> Files.exists(data.resolve("broker.json")));
      String bootstrap = BrokerAddress.read(data).bootstrap();
      Path ballast = disk.path().resolve("ballast");
      RunFolderFiles files = RunFolderFiles.below(disk.path());
      try (RunningCommand node = gengap.start("node", "--bootstrap", bootstrap, "--runs", "disk")) {
        assertThat(gengap.run("submit", "tiny.conf", "--bootstrap", bootstrap).code()).isZero();
        node.awaitUntil("it trains", () -> !files.runs().isEmpty());
        fill(ballast);
        node.awaitUntil("its status says why", () -> status(bootstrap).contains(" cannot go on: "));
        assertThat(status(bootstrap)).contains("disk/tiny").contains(" (expected: a disk ");
        Files.delete(ballast);

        // It goes on by itself, unless the disk was full only while it was recorded.
        gengap.run("resume", "tiny", "--bootstrap", bootstrap);
        node.awaitUntil("it ends", () -> Files.exists(files.folder().resolve("summary.json")));
        assertThat(node.errors()).isEmpty();
      }
      assertThat(files.byRun("summary.json")).hasSize(2);
    }
  }

  private String status(String bootstrap) {
    return gengap.run("status", "tiny", "--bootstrap", bootstrap).out();
  }

  /** Adds to {@code file} until nothing goes any more. */
  private static void fill(Path file) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(chunk);
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
