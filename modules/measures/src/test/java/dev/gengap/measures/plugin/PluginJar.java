package dev.gengap.measures.plugin;

import dev.gengap.measures.api.Measure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar of measures, compiled against measures-api alone. Confined to one thread. */
public final class PluginJar {
  private final Map<String, String> sources = new LinkedHashMap<>();

  /** Adds a measure of the weights alone, whose method {@code measure} is {@code body}. */
  public PluginJar measure(String className, String key, String body) {
    sources.put(
        className,
        """
        import dev.gengap.measures.api.*;
        import java.util.*;

        public final class CLASS implements Measure {
          @Override
          public MeasureDescription describe() {
            return new MeasureDescription(
                "KEY", "f", "a test", CostClass.WEIGHTS, Set.of(), Set.of(), Map.of());
          }

          @Override
          public MeasuredValue measure(MeasureContext context) {
            BODY
          }
        }
        """
            .replace("CLASS", className)
            .replace("KEY", key)
            .replace("BODY", body));
    return this;
  }

  /** Adds a class that is named as a measure, whatever it is. */
  public PluginJar source(String className, String source) {
    sources.put(className, source);
    return this;
  }

  /** Compiles, and writes the jar to {@code folder}, which is made. */
  public Path writeTo(Path folder, String name) {
    try {
      Path classes = Files.createTempDirectory(Files.createDirectories(folder), "classes");
      if (!sources.isEmpty()) {
        compile(classes);
      }
      Path jar = folder.resolve(name);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
          Stream<Path> files = Files.walk(classes)) {
        entry(
            out,
            "META-INF/services/" + Measure.class.getName(),
            String.join("\n", sources.keySet()).getBytes(StandardCharsets.UTF_8));
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          entry(out, classes.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  private void compile(Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean sound =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-cp", api().toString(), "-d", classes.toString()),
                null,
                sources.entrySet().stream().map(Source::of).toList())
            .call();
    if (!sound) {
      throw new IllegalArgumentException("source: " + messages + " (expected: one that compiles)");
    }
  }

  private static Path api() {
    try {
      return Path.of(Measure.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    private Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    private static Source of(Map.Entry<String, String> source) {
      return new Source(source.getKey(), source.getValue());
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
