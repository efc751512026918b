package dev.gengap.experiment.results;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A CSV file that grows row by row. A row is with the operating system before {@link #append}
 * returns, so a killed process loses none; it is on the disk after {@link #close}. A last line that
 * a crash tore is dropped when the file is next read or opened.
 *
 * <p>Confined to one thread. Caller closes.
 */
public final class CsvLog<T> implements AutoCloseable {
  private final Path file;
  private final CsvForm<T> form;
  private final FileChannel channel;

  private CsvLog(Path file, CsvForm<T> form, FileChannel channel) {
    this.file = file;
    this.form = form;
    this.channel = channel;
  }

  /**
   * Opens {@code file}, which keeps its whole rows.
   *
   * @throws UserError if it cannot be written, or is not of this form
   */
  public static <T> CsvLog<T> open(Path file, CsvForm<T> form) {
    repair(file, form);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return new CsvLog<>(file, form, channel);
    } catch (IOException e) {
      throw Disk.failure(file, "open", e);
    }
  }

  /** Opens {@code file} with {@code rows} instead of what it held. */
  public static <T> CsvLog<T> openWith(Path file, CsvForm<T> form, List<T> rows) {
    replace(file, form, rows);
    return open(file, form);
  }

  /** Replaces the whole file at once. */
  public static <T> void replace(Path file, CsvForm<T> form, List<T> rows) {
    StringBuilder text = new StringBuilder(Csv.line(form.header()));
    rows.forEach(row -> text.append(Csv.line(form.encode().apply(row))));
    Disk.replace(file, text.toString());
  }

  /**
   * The whole rows of {@code file}; none if there is no such file.
   *
   * @throws UserError if it cannot be read, or is not of this form
   */
  public static <T> List<T> read(Path file, CsvForm<T> form) {
    List<T> rows = new ArrayList<>();
    List<String> lines = wholeLines(file);
    for (int i = 0; i < lines.size(); i++) {
      List<String> cells = Csv.cells(lines.get(i));
      if (i == 0) {
        requireHeader(file, form, cells);
      } else {
        rows.add(decode(file + ":" + (i + 1), form, cells));
      }
    }
    return rows;
  }

  /** Adds a row. */
  public void append(T row) {
    appendAll(List.of(row));
  }

  /** Adds rows that belong together: a process that is killed leaves all of them, or none. */
  public void appendAll(List<T> rows) {
    String lines = rows.stream().map(form.encode()).map(Csv::line).collect(Collectors.joining());
    try {
      Disk.writeFully(channel, ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw Disk.failure(file, "write", e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      throw Disk.failure(file, "close", e);
    }
  }

  private static <T> void repair(Path file, CsvForm<T> form) {
    List<String> lines = wholeLines(file);
    if (lines.isEmpty()) {
      Disk.replace(file, Csv.line(form.header()));
      return;
    }
    requireHeader(file, form, Csv.cells(lines.get(0)));
    String whole = String.join("\n", lines) + "\n";
    if (!whole.equals(Disk.read(file))) {
      Disk.replace(file, whole);
    }
  }

  /** Without what follows the last line feed, which a crash may have torn. */
  private static List<String> wholeLines(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Disk.read(file);
    int end = text.lastIndexOf('\n');
    return end < 0 ? List.of() : List.of(text.substring(0, end).split("\n", -1));
  }

  private static <T> void requireHeader(Path file, CsvForm<T> form, List<String> cells) {
    if (!cells.equals(form.header())) {
      throw new UserError(
          Problem.of(
                  file + ":1", "columns", String.join(",", cells), String.join(",", form.header()))
              .withRemedy("if another version wrote it, move it away: it is written anew"));
    }
  }

  private static <T> T decode(String place, CsvForm<T> form, List<String> cells) {
    Problem damaged =
        Problem.of(place, "row", String.join(",", cells), String.join(",", form.header()));
    if (cells.size() != form.header().size()) {
      throw new UserError(damaged);
    }
    try {
      return form.decode().apply(cells);
    } catch (IllegalArgumentException e) {
      throw new UserError(damaged, e);
    }
  }
}
