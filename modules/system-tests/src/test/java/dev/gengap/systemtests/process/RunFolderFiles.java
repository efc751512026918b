package dev.gengap.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run folder holds, seen from outside: files and bytes. */
public record RunFolderFiles(Path folder) {

  /** A file as it stood: when it was written and what it held. */
  public record Stood(FileTime modified, String bytes) {}

  /** The folder of the tiny experiment below {@code runs}. */
  public static RunFolderFiles below(Path runs) {
    return new RunFolderFiles(runs.resolve(ExperimentText.NAME));
  }

  /** Where the experiment's own broker says how to reach it, while it runs. */
  public boolean hasBroker() {
    return Files.exists(folder.resolve("broker/broker.json"));
  }

  /** The folders of the runs, by id. */
  public List<Path> runs() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("[0-9a-f]{12}"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the run of {@code condition}. */
  public Path run(String condition) {
    return runs().stream()
        .filter(run -> text(run.resolve("manifest.json")).contains('"' + condition + '"'))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no run of " + condition + " in " + folder));
  }

  /** The contents of the files called {@code name}, by run. */
  public Map<String, String> byRun(String name) {
    Map<String, String> contents = new TreeMap<>();
    runs().forEach(run -> contents.put(run.getFileName().toString(), text(run.resolve(name))));
    return contents;
  }

  /** Every file below {@code part}, as it stands. */
  public static Map<Path, Stood> standing(Path part) {
    try (Stream<Path> files = Files.walk(part)) {
      Map<Path, Stood> all = new TreeMap<>();
      files.filter(Files::isRegularFile).forEach(file -> all.put(file, stood(file)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stood stood(Path file) {
    try {
      return new Stood(
          Files.getLastModifiedTime(file), Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
