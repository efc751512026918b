package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
  private static final String ONE = "return MeasuredValue.exact(1);";

  @TempDir private Path folder;

  @Test
  void plugins_ofTwoJars_areAFamilyOfTheCatalogue() {
    new PluginJar().measure("A", "first", ONE).measure("B", "second", ONE).writeTo(folder, "a.jar");
    new PluginJar().measure("A", "third", ONE).writeTo(folder, "b.jar");

    Catalogue catalogue = Catalogue.withPlugins(folder);

    assertThat(keys(catalogue.named(List.of("plugins"))))
        .containsExactly("first", "second", "third");
    assertThat(keys(catalogue.named(List.of("third", "train_error"))))
        .containsExactly("train_error", "third");
    assertThat(catalogue.all()).hasSize(Catalogue.builtIn().all().size() + 3);
    assertThat(catalogue.groups()).contains("plugins");
    assertThat(Catalogue.builtIn().groups()).doesNotContain("plugins");
  }

  @Test
  void keys_thatOthersHave_areAllReported() {
    new PluginJar()
        .measure("A", "train_error", ONE)
        .measure("B", "norms", ONE)
        .measure("C", "mine", ONE)
        .writeTo(folder, "a.jar");
    new PluginJar().measure("A", "mine", ONE).writeTo(folder, "b.jar");

    assertThatThrownBy(() -> Catalogue.withPlugins(folder))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%1$s/a.jar: measure key: train_error (expected: one that no built-in measure has)\n"
                    .formatted(folder)
                + "%1$s/a.jar: measure key: norms (expected: one that no group of measures has)\n"
                    .formatted(folder)
                + "%1$s/b.jar: measure key: mine (expected: one that no measure of %1$s/a.jar has)"
                    .formatted(folder));
  }

  @Test
  void jars_thatCannotBeUsed_areAllReported() throws IOException {
    Files.writeString(folder.resolve("a.jar"), "not a jar");
    new PluginJar().source("Other", "public class Other {}").writeTo(folder, "b.jar");
    new PluginJar()
        .measure("Sound", "sound", ONE)
        .source(
            "Mute",
            """
            import dev.gengap.measures.api.*;
            public final class Mute implements Measure {
              public MeasureDescription describe() { throw new IllegalStateException("mute"); }
              public MeasuredValue measure(MeasureContext context) { return null; }
            }
            """)
        .writeTo(folder, "c.jar");

    assertThatThrownBy(() -> Catalogue.withPlugins(folder))
        .isInstanceOf(UserError.class)
        .message()
        .satisfies(
            message -> {
              assertThat(message.lines()).hasSize(3);
              assertThat(message.lines().toList().get(0)).contains("a.jar: jar: ");
              assertThat(message.lines().toList().get(1)).contains("b.jar: measure: ", "Other");
              assertThat(message.lines().toList().get(2)).contains("c.jar: measure: ", "mute");
            });
  }

  @Test
  void jar_thatNamesNoMeasures_isReported() {
    new PluginJar().writeTo(folder, "a.jar");

    assertThatThrownBy(() -> Catalogue.withPlugins(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.jar: measures: none (expected: a jar that names them in META-INF");
  }

  @Test
  void class_compiledByANewerJava_isReported() throws IOException {
    Path jar = new PluginJar().measure("A", "mine", ONE).writeTo(folder, "a.jar");
    rewriteClassVersion(jar);

    assertThatThrownBy(() -> Catalogue.withPlugins(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.jar: measure: ")
        .hasMessageContaining("UnsupportedClassVersionError");
  }

  @Test
  void folder_withoutMeasures_isReported() throws IOException {
    assertThatThrownBy(() -> Catalogue.withPlugins(folder))
        .isInstanceOf(UserError.class)
        .hasMessage("--plugins: folder: " + folder + " (expected: a folder with jars of measures)");
    assertThatThrownBy(() -> Catalogue.withPlugins(folder.resolve("none")))
        .isInstanceOf(UserError.class);
    try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("empty.jar")))) {
      jar.putNextEntry(new JarEntry("readme"));
    }
    assertThatThrownBy(() -> Catalogue.withPlugins(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("empty.jar: measures: none (expected: a jar that names them in");
  }

  /** Major version 99 in every class. */
  private static void rewriteClassVersion(Path jar) throws IOException {
    try (var system = FileSystems.newFileSystem(jar)) {
      Path file = system.getPath("A.class");
      byte[] bytes = Files.readAllBytes(file);
      bytes[7] = 99;
      Files.write(file, bytes);
    }
  }

  private static List<String> keys(List<Measure> measures) {
    return measures.stream().map(measure -> measure.describe().key()).toList();
  }
}
