package dev.gengap.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path dir;

  @Test
  void open_whereAFolderCannotBe_isRefused() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(file.resolve("broker"), 0))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.resolve("broker") + ": broker data folder: ")
        .hasMessageEndingWith(
            "(expected: a folder to write in); choose another run folder, or give --bootstrap");
  }

  @Test
  void open_diskTooFull_isRefusedAndLeavesNoLock() {
    assertThatThrownBy(() -> DataFolder.open(dir, Long.MAX_VALUE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("free disk space: ")
        .hasMessageContaining("MiB (expected: at least ");
    assertThat(DataFolder.isLocked(dir)).isFalse();
  }

  @Test
  void isLocked_followsTheLock() {
    assertThat(DataFolder.isLocked(dir)).isFalse();
    try (var folder = DataFolder.open(dir, 0)) {
      assertThat(DataFolder.isLocked(folder.path())).isTrue();
    }
    assertThat(DataFolder.isLocked(dir)).isFalse();
  }

  @Test
  void read_noAddressFile_isRefused() {
    assertThatThrownBy(() -> BrokerAddress.read(dir))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("broker address: unreadable (expected: a file)");
  }

  @Test
  void read_damagedAddressFile_isRefused() throws IOException {
    Files.writeString(dir.resolve("broker.json"), "{");

    assertThatThrownBy(() -> BrokerAddress.read(dir))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("broker.json: content: ");
  }

  @Test
  void ofRunning_addressLeftByAKilledProcess_isEmpty() {
    new BrokerAddress("127.0.0.1:1", 1).write(dir);

    assertThat(BrokerAddress.ofRunning(dir)).isEmpty();
    assertThat(BrokerAddress.read(dir)).isEqualTo(new BrokerAddress("127.0.0.1:1", 1));
  }
}
