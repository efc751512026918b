package dev.gengap.cli.measure;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.safetensors.SafetensorsReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The safetensors files that come into a folder, each once it is whole: as it was at the look
 * before, and as long as its header says. A file that changes comes again. Confined to one thread.
 */
final class IncomingFiles {
  private static final String STEP = "step";
  private static final Pattern NAMED_STEP = Pattern.compile("step[-_=]?(\\d{1,18})");
  private static final Pattern LAST_NUMBER = Pattern.compile("(?<!\\d)(\\d{1,18})\\D*$");

  private final Path folder;
  private final BiConsumer<Path, UserError> problems;
  private final Map<Path, State> seen = new HashMap<>();
  private final Map<Path, State> settled = new HashMap<>();

  /** A file of weights. */
  record Incoming(Path file, long step) {}

  private record State(long size, FileTime modified) {}

  /**
   * @param problems hears of each file that is not sound, once for each state it is left in
   */
  IncomingFiles(Path folder, BiConsumer<Path, UserError> problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /**
   * Files that are whole and were not given before, by step.
   *
   * @throws UserError if the folder cannot be read
   */
  List<Incoming> poll() {
    List<Incoming> whole = new ArrayList<>();
    List<Path> files = files();
    seen.keySet().retainAll(files);
    settled.keySet().retainAll(files);
    for (Path file : files) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        State state = new State(now.size(), now.lastModifiedTime());
        if (!state.equals(settled.get(file)) && state.equals(seen.put(file, state))) {
          settled.put(file, state);
          whole.add(new Incoming(file, step(file)));
        }
      } catch (UserError e) {
        problems.accept(file, e);
      } catch (NoSuchFileException e) {
        seen.remove(file);
        settled.remove(file);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    whole.sort(Comparator.comparingLong(Incoming::step).thenComparing(Incoming::file));
    return whole;
  }

  /** Whether every file that was there at the last look has been given, or is not sound. */
  boolean areSettled() {
    return settled.keySet().containsAll(seen.keySet());
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.safetensors")) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw unreadable(e);
    }
    files.sort(null);
    return files;
  }

  private static UserError unreadable(IOException e) {
    return new UserError(Problem.of("--watch", "folder", e, "a folder that can be read"), e);
  }

  /** Reads all of the file, which tells whether it is whole. */
  private static long step(Path file) {
    String written = SafetensorsReader.read(file).metadata().get(STEP);
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.safetensors$", "");
    Matcher named = NAMED_STEP.matcher(name);
    Matcher last = LAST_NUMBER.matcher(name);
    if (written != null && written.matches("\\d{1,18}")) {
      return Long.parseLong(written);
    }
    if (named.find()) {
      return Long.parseLong(named.group(1));
    }
    if (last.find()) {
      return Long.parseLong(last.group(1));
    }
    throw new UserError(
        Problem.of(file.toString(), STEP, "none", "step in the metadata, or a number in the name"));
  }
}
