package dev.gengap.data.source;

import static dev.gengap.data.source.DataFixtures.cifar;
import static dev.gengap.data.source.DataFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {

  @Test
  void list_emptyFolder_onlyTheGeneratedSetIsAvailable(@TempDir Path dir) {
    assertThat(DataSets.list(Optional.of(dir)))
        .extracting(DataSetDescription::name)
        .containsExactly("generated", "mnist", "fashion-mnist", "cifar-10");
    assertThat(DataSets.list(Optional.of(dir)))
        .filteredOn(DataSetDescription::available)
        .extracting(DataSetDescription::where)
        .containsExactly("built in");
    assertThat(DataSets.list(Optional.empty()).get(1).where())
        .isEqualTo("`gengap data fetch mnist`");
  }

  @Test
  void list_setInPlace_saysWhere(@TempDir Path dir) throws IOException {
    Path folder = dir.resolve("cifar-10").resolve("cifar-10-batches-bin");
    write(folder.resolve("data_batch_5.bin"), cifar(1));
    write(folder.resolve("test_batch.bin"), cifar(1));
    DataSetDescription cifar = DataSets.list(Optional.of(dir)).get(3);
    assertThat(cifar.available()).isTrue();
    assertThat(cifar.where()).isEqualTo(folder.toString());
  }

  @Test
  void load_unknownName_listsTheKnownOnes() {
    assertThatThrownBy(() -> DataSets.load("cifar", Optional.empty(), Subset.ALL, 0))
        .isInstanceOf(UserError.class)
        .hasMessage("data set: cifar (expected: one of generated, mnist, fashion-mnist, cifar-10)");
  }

  @Test
  void load_filesNeededButNoFolder_saysHowToGiveOne() {
    assertThatThrownBy(() -> DataSets.load("mnist", Optional.empty(), Subset.ALL, 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--data DIR")
        .hasMessageContaining("GENGAP_DATA")
        .hasMessageContaining("gengap data fetch mnist");
  }
}
