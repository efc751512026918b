package dev.gengap.data.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Takes files of known names out of a gzip-compressed tar archive (POSIX ustar): blocks of 512
 * bytes, a header for each file with its name at 0 and its size in octal at 124.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_OFFSET = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int BUFFER = 1 << 16;

  private TarGz() {}

  /**
   * Writes the members whose last name is in {@code wanted} into {@code folder}, whatever their
   * path in the archive; each appears whole or not at all.
   *
   * @return the names that were not there
   */
  static Set<String> extract(Path archive, Set<String> wanted, Path folder) throws IOException {
    Set<String> missing = new TreeSet<>(wanted);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        InputStream in = new GZIPInputStream(raw, BUFFER)) {
      byte[] header = in.readNBytes(BLOCK);
      while (header.length == BLOCK && header[0] != 0) {
        String path = text(header, 0, NAME_LENGTH);
        String name = path.substring(path.lastIndexOf('/') + 1);
        long size = Long.parseLong(text(header, SIZE_OFFSET, SIZE_LENGTH).strip(), 8);
        long padding = (BLOCK - size % BLOCK) % BLOCK;
        if (missing.remove(name)) {
          write(in, size, folder.resolve(name));
          in.skipNBytes(padding);
        } else {
          in.skipNBytes(size + padding);
        }
        header = in.readNBytes(BLOCK);
      }
    } catch (NumberFormatException e) {
      throw new IOException("not a tar archive: a size is not a number", e);
    }
    return missing;
  }

  private static void write(InputStream in, long size, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (var out = Files.newOutputStream(part)) {
      byte[] buffer = new byte[BUFFER];
      for (long left = size; left > 0; ) {
        int n = in.readNBytes(buffer, 0, (int) Math.min(BUFFER, left));
        if (n == 0) {
          throw new EOFException("archive ends within " + target.getFileName());
        }
        out.write(buffer, 0, n);
        left -= n;
      }
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.US_ASCII);
  }
}
