package dev.gengap.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.UserError;
import dev.gengap.network.safetensors.Safetensors;
import dev.gengap.network.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingFilesTest {
  @TempDir private Path folder;

  private final List<UserError> problems = new ArrayList<>();

  @Test
  void poll_givesAFileOnceItStaysAsItWas() {
    Path file = write("step-7.safetensors");
    IncomingFiles files = files();

    assertThat(files.poll()).isEmpty();
    assertThat(files.areSettled()).isFalse();
    assertThat(files.poll()).containsExactly(new IncomingFiles.Incoming(file, 7));
    assertThat(files.areSettled()).isTrue();
    assertThat(files.poll()).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void areSettled_onceAFileThatWasSeenIsGone_holds() throws IOException {
    Path file = write("step-7.safetensors");
    IncomingFiles files = files();

    files.poll();
    Files.delete(file);

    assertThat(files.poll()).isEmpty();
    assertThat(files.areSettled()).isTrue();
  }

  private IncomingFiles files() {
    return new IncomingFiles(folder, (file, problem) -> problems.add(problem));
  }

  private Path write(String name) {
    Path file = folder.resolve(name);
    SafetensorsWriter.write(file, new Safetensors(Map.of(), Map.of()));
    return file;
  }
}
