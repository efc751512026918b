package dev.gengap.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzTest {
  private static final byte[] ONE = new byte[512];
  private static final byte[] TWO = {1, 2, 3};

  @TempDir private Path dir;

  @Test
  void extract_wantedAndOthers_writesTheWantedAlone() throws IOException {
    Path archive = write(TarFixture.tarGz("a/one", ONE, "../../two", TWO));
    Path into = Files.createDirectory(dir.resolve("into"));
    assertThat(TarGz.extract(archive, Set.of("two", "three"), into)).containsExactly("three");
    assertThat(into).isDirectoryContaining("glob:**/two").isDirectoryNotContaining("glob:**/one");
    assertThat(into.resolve("two")).hasBinaryContent(TWO);
  }

  @Test
  void extract_archiveEndsWithinAMember_leavesNoFileOfItsName() throws IOException {
    byte[] tar;
    byte[] whole = TarFixture.tarGz("a/one", ONE, "a/two", TWO);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(whole))) {
      tar = in.readAllBytes();
    }
    ByteArrayOutputStream cut = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(cut)) {
      out.write(Arrays.copyOf(tar, 512 + 100));
    }
    Path archive = write(cut.toByteArray());
    assertThatThrownBy(() -> TarGz.extract(archive, Set.of("one"), dir))
        .isInstanceOf(IOException.class)
        .hasMessage("archive ends within one");
    assertThat(dir.resolve("one")).doesNotExist();
  }

  private Path write(byte[] archive) throws IOException {
    return Files.write(dir.resolve("archive.tar.gz"), archive);
  }
}
