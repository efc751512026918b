package dev.gengap.data.source;

import static dev.gengap.data.source.DataFixtures.cifar;
import static dev.gengap.data.source.DataFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarSourceTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"cifar-10/cifar-10-batches-bin", "cifar-10", "cifar-10-batches-bin", "."})
  void load_anyPlaceInUse_readsWhicheverBatchesExistInOrder(String place) throws IOException {
    write(dir.resolve(place).resolve("data_batch_4.bin"), cifar(3));
    write(dir.resolve(place).resolve("data_batch_2.bin"), cifar(1, 2));
    write(dir.resolve(place).resolve("test_batch.bin"), cifar(9));
    DataSet set = load(Subset.ALL);
    assertThat(set.train().shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(set.train().labels()).containsExactly(1, 2, 3);
    assertThat(set.train().pixels()[2 * 3072 + 7]).isEqualTo((byte) 10);
    assertThat(set.test().labels()).containsExactly(9);
  }

  @Test
  void load_subset_mayEndWithinALaterFile() throws IOException {
    writeSet();
    write(batch("data_batch_2.bin"), cifar(5, 6, 7));
    assertThat(load(new Subset(4, 1)).train().labels()).containsExactly(1, 2, 3, 5);
  }

  @Test
  void load_noTrainingFile_saysWhatIsNeeded() throws IOException {
    writeSet();
    Files.delete(batch("data_batch_1.bin"));
    assertFails(Subset.ALL)
        .hasMessageContaining("data_batch_1.bin: missing")
        .hasMessageContaining("gengap data fetch cifar-10");
  }

  @Test
  void load_noTestFile_saysSo() throws IOException {
    writeSet();
    Files.delete(batch("test_batch.bin"));
    assertFails(Subset.ALL).hasMessageContaining("test_batch.bin: missing");
  }

  @Test
  void load_truncatedFile_saysItsSize() throws IOException {
    writeSet();
    write(batch("data_batch_1.bin"), Arrays.copyOf(cifar(1, 2), 6145));
    assertFails(Subset.ALL)
        .hasMessageContaining("data_batch_1.bin: size: 6145 bytes (expected: a multiple of 3073");
  }

  @Test
  void load_labelOutOfRange_namesTheRecord() throws IOException {
    writeSet();
    write(batch("test_batch.bin"), cifar(1, 10));
    assertFails(Subset.ALL).hasMessageContaining("label of record 1: 10 (expected: 0 … 9)");
  }

  @Test
  void load_moreThanThereIs_saysHowManyThereAre() throws IOException {
    writeSet();
    assertFails(new Subset(0, 3)).hasMessageContaining("data.test: 3 (expected: at most 1");
  }

  private void writeSet() throws IOException {
    write(batch("data_batch_1.bin"), cifar(1, 2, 3));
    write(batch("test_batch.bin"), cifar(4));
  }

  private Path batch(String name) {
    return dir.resolve("cifar-10").resolve("cifar-10-batches-bin").resolve(name);
  }

  private DataSet load(Subset subset) {
    return DataSets.load("cifar-10", Optional.of(dir), subset, 0);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFails(Subset subset) {
    return assertThatThrownBy(() -> load(subset)).isInstanceOf(UserError.class);
  }
}
