package dev.gengap.experiment.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {
  private static final CsvForm<List<String>> FORM =
      new CsvForm<>(List.of("a", "b"), row -> row, List::copyOf);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("log.csv");
  }

  @Test
  void append_awkwardCells_readBack() {
    try (CsvLog<List<String>> log = CsvLog.open(file, FORM)) {
      log.append(List.of("1,2", "say \"x\""));
      log.append(List.of("", "two\nlines"));
    }

    assertThat(CsvLog.read(file, FORM))
        .containsExactly(List.of("1,2", "say \"x\""), List.of("", "two lines"));
  }

  @Test
  void append_beforeClose_isReadable() {
    try (CsvLog<List<String>> log = CsvLog.open(file, FORM)) {
      log.append(List.of("1", "2"));

      assertThat(CsvLog.read(file, FORM)).containsExactly(List.of("1", "2"));
    }
  }

  @Test
  void open_tornLastLine_dropsItAndAppends() throws IOException {
    Files.writeString(file, "a,b\n1,2\n3,");

    assertThat(CsvLog.read(file, FORM)).containsExactly(List.of("1", "2"));
    try (CsvLog<List<String>> log = CsvLog.open(file, FORM)) {
      log.append(List.of("5", "6"));
    }
    assertThat(file).hasContent("a,b\n1,2\n5,6\n");
  }

  @Test
  void open_tornHeader_startsAnew() throws IOException {
    Files.writeString(file, "a,");

    CsvLog.open(file, FORM).close();

    assertThat(file).hasContent("a,b\n");
  }

  @Test
  void read_missingFile_isEmpty() {
    assertThat(CsvLog.read(file, FORM)).isEmpty();
  }

  @Test
  void read_otherColumns_isRefused() throws IOException {
    Files.writeString(file, "a,c\n");

    assertThatThrownBy(() -> CsvLog.read(file, FORM))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + ":1: columns: a,c (expected: a,b); if another version wrote it, move it away: it is"
                + " written anew");
  }

  @Test
  void read_shortRow_isRefused() throws IOException {
    Files.writeString(file, "a,b\n1\n");

    assertThatThrownBy(() -> CsvLog.read(file, FORM))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ":2: row: 1 (expected: a,b)");
  }

  @Test
  void append_fullDisk_namesTheFile() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");
    Files.createSymbolicLink(file, full);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> Disk.writeFully(channel, ByteBuffer.wrap(new byte[] {1})))
          .isInstanceOfSatisfying(
              IOException.class,
              e ->
                  assertThat(Disk.failure(file, "write", e))
                      .hasMessage(
                          file
                              + ": write: No space left on device (expected: a disk with room that"
                              + " may be written); free space, or choose another folder"));
    }
  }

  @Test
  void replace_folderIsAFile_leavesNothingBehind() throws IOException {
    Files.writeString(folder.resolve("occupied"), "x");
    Path below = folder.resolve("occupied").resolve("log.csv");

    assertThatThrownBy(() -> Disk.replace(below, "text"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(below + ": write: ");
    assertThat(folder.resolve("occupied")).hasContent("x");
  }
}
