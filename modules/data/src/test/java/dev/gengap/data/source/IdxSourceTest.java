package dev.gengap.data.source;

import static dev.gengap.data.source.DataFixtures.gzip;
import static dev.gengap.data.source.DataFixtures.idx;
import static dev.gengap.data.source.DataFixtures.idxImages;
import static dev.gengap.data.source.DataFixtures.idxLabels;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxSourceTest {
  @TempDir private Path dir;
  private Path folder;

  @BeforeEach
  void writeSet() throws IOException {
    folder = dir.resolve("mnist");
    write(folder.resolve("train-images-idx3-ubyte.gz"), gzip(idxImages(5)));
    write(folder.resolve("train-labels-idx1-ubyte.gz"), gzip(idxLabels(0, 1, 2, 3, 9)));
    write(folder.resolve("t10k-images.idx3-ubyte"), idxImages(2));
    write(folder.resolve("t10k-labels.idx1-ubyte"), idxLabels(7, 8));
  }

  @Test
  void load_packedAndPlainFilesOfBothNames_readsThem() {
    DataSet set = load(Subset.ALL);
    assertThat(set.train().shape()).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(set.train().labels()).containsExactly(0, 1, 2, 3, 9);
    assertThat(set.train().pixels()[4 * 784]).isEqualTo((byte) 4);
    assertThat(set.test().labels()).containsExactly(7, 8);
  }

  @Test
  void load_subset_isTheFirstExamples() {
    DataSet set = load(new Subset(2, 1));
    assertThat(set.train().labels()).containsExactly(0, 1);
    assertThat(set.test().labels()).containsExactly(7);
  }

  @Test
  void load_moreThanThereIs_saysHowManyThereAre() {
    assertFails(new Subset(6, 0)).hasMessageContaining("data.train: 6 (expected: at most 5");
  }

  @Test
  void load_missingFile_namesItAndTheRemedy() throws IOException {
    Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
    assertFails(Subset.ALL)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("train-labels-idx1-ubyte: missing")
        .hasMessageContaining("gengap data fetch mnist");
  }

  @Test
  void load_wrongMagic_saysBoth() throws IOException {
    write(folder.resolve("t10k-labels.idx1-ubyte"), idx(0x803, new int[] {2}, new byte[2]));
    assertFails(Subset.ALL)
        .hasMessageContaining("t10k-labels.idx1-ubyte: magic number: 0x00000803")
        .hasMessageContaining("(expected: 0x00000801");
  }

  @Test
  void load_truncatedPlainFile_saysHowMuchIsThere() throws IOException {
    byte[] whole = idxImages(2);
    write(folder.resolve("t10k-images.idx3-ubyte"), Arrays.copyOf(whole, whole.length - 1));
    assertFails(Subset.ALL)
        .hasMessageContaining("truncated file: 1567 bytes of examples (expected: 1568 bytes");
  }

  @Test
  void load_truncatedBeyondTheSubset_failsAllTheSame() throws IOException {
    byte[] whole = idxImages(2);
    write(folder.resolve("t10k-images.idx3-ubyte"), Arrays.copyOf(whole, whole.length - 1));
    assertFails(new Subset(1, 1)).hasMessageContaining("truncated file");
  }

  @Test
  void load_truncatedPackedFile_fails() throws IOException {
    byte[] packed = gzip(idxImages(5));
    write(folder.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(packed, packed.length / 2));
    assertFails(Subset.ALL).hasMessageContaining("truncated file");
  }

  @Test
  void load_notGzip_fails() throws IOException {
    write(folder.resolve("train-images-idx3-ubyte.gz"), idxImages(5));
    assertFails(Subset.ALL).hasMessageContaining("train-images-idx3-ubyte.gz: gzip");
  }

  @Test
  void load_trailingBytes_fails() throws IOException {
    byte[] whole = idxImages(2);
    write(folder.resolve("t10k-images.idx3-ubyte"), Arrays.copyOf(whole, whole.length + 1));
    assertFails(Subset.ALL).hasMessageContaining("file too long");
  }

  @Test
  void load_labelOutOfRange_namesTheExample() throws IOException {
    write(folder.resolve("t10k-labels.idx1-ubyte"), idxLabels(7, 10));
    assertFails(Subset.ALL).hasMessageContaining("label of example 1: 10 (expected: 0 … 9)");
  }

  @Test
  void load_fewerLabelsThanImages_fails() throws IOException {
    write(folder.resolve("t10k-labels.idx1-ubyte"), idxLabels(7));
    assertFails(Subset.ALL).hasMessageContaining("labels: 1 (expected: 2, as many as images");
  }

  @Test
  void load_lyingHeader_failsWithoutTakingTheMemory() throws IOException {
    write(
        folder.resolve("t10k-images.idx3-ubyte"),
        idx(0x803, new int[] {2_000_000, 28, 28}, new byte[8]));
    assertFails(Subset.ALL).hasMessageContaining("8 bytes of examples");
    write(
        folder.resolve("t10k-images.idx3-ubyte"), idx(0x803, new int[] {-1, 28, 28}, new byte[8]));
    assertFails(Subset.ALL).hasMessageContaining("examples: -1");
  }

  @Test
  void load_otherImageSize_saysBoth() throws IOException {
    write(folder.resolve("t10k-images.idx3-ubyte"), idx(0x803, new int[] {1, 27, 28}, new byte[1]));
    assertFails(Subset.ALL).hasMessageContaining("[27, 28] (expected: [28, 28])");
  }

  private DataSet load(Subset subset) {
    return DataSets.load("mnist", Optional.of(dir), subset, 0);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFails(Subset subset) {
    return assertThatThrownBy(() -> load(subset)).isInstanceOf(UserError.class);
  }
}
