package dev.gengap.data.source;

import dev.gengap.core.UserError;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of the idx format: a big-endian magic number 0x0000_08_dd (unsigned bytes, dd dimensions),
 * dd sizes of 32 bits, then the bytes row-major. Plain, or compressed where the name ends in .gz.
 *
 * @param set the data set it belongs to, for advice
 * @param path where it is
 * @param dimensions how many sizes its header has
 */
record IdxFile(String set, Path path, int dimensions) {
  private static final int UNSIGNED_BYTES = 0x0800;
  private static final int BUFFER = 1 << 16;

  /**
   * What was read: the sizes of the whole file, and the bytes of its first examples.
   *
   * @param sizes of each dimension; the first is the number of examples
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Content(int[] sizes, byte[] bytes) {}

  /**
   * Reads the first {@code asked} examples (0 for all) and checks that the rest is there too.
   *
   * @param exampleSizes what the sizes after the first must be
   * @param key the setting that {@code asked} came from
   */
  Content read(int asked, int[] exampleSizes, String key) {
    try (InputStream raw = Files.newInputStream(path);
        DataInputStream in = new DataInputStream(unpacked(raw))) {
      int[] sizes = header(in, exampleSizes);
      int wanted = DataFiles.wanted(asked, sizes[0], key, path);
      return new Content(sizes, body(in, sizes, wanted));
    } catch (EOFException e) {
      throw truncated(e);
    } catch (ZipException e) {
      throw DataFiles.damaged(set, path, "gzip", e.getMessage(), "a gzip file");
    } catch (IOException e) {
      throw DataFiles.unreadable(path, e);
    }
  }

  private InputStream unpacked(InputStream raw) throws IOException {
    return path.toString().endsWith(".gz")
        ? new GZIPInputStream(raw, BUFFER)
        : new BufferedInputStream(raw, BUFFER);
  }

  private int[] header(DataInputStream in, int[] exampleSizes) throws IOException {
    int magic = in.readInt();
    if (magic != (UNSIGNED_BYTES | dimensions)) {
      throw DataFiles.damaged(
          set,
          path,
          "magic number",
          "0x%08x".formatted(magic),
          "0x%08x, an idx file of %d dimensions"
              .formatted(UNSIGNED_BYTES | dimensions, dimensions));
    }
    int[] sizes = new int[dimensions];
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = in.readInt();
    }
    int[] found = Arrays.copyOfRange(sizes, 1, dimensions);
    if (!Arrays.equals(found, exampleSizes)) {
      throw DataFiles.damaged(
          set, path, "size of an image", Arrays.toString(found), Arrays.toString(exampleSizes));
    }
    if (sizes[0] < 1 || (long) sizes[0] * exampleBytes(sizes) > Integer.MAX_VALUE) {
      throw DataFiles.damaged(
          set, path, "examples", sizes[0], "a positive number below 2^31 bytes");
    }
    return sizes;
  }

  private byte[] body(DataInputStream in, int[] sizes, int wanted) throws IOException {
    int each = exampleBytes(sizes);
    byte[] bytes = in.readNBytes(wanted * each);
    long found = bytes.length + in.transferTo(OutputStream.nullOutputStream());
    long expected = (long) sizes[0] * each;
    if (found != expected) {
      throw DataFiles.damaged(
          set,
          path,
          found < expected ? "truncated file" : "file too long",
          found + " bytes of examples",
          expected + " bytes for the " + sizes[0] + " examples its header announces");
    }
    return bytes;
  }

  private static int exampleBytes(int[] sizes) {
    int product = 1;
    for (int i = 1; i < sizes.length; i++) {
      product *= sizes[i];
    }
    return product;
  }

  private UserError truncated(EOFException cause) {
    UserError error =
        DataFiles.damaged(set, path, "truncated file", "ends early", "a whole idx file");
    error.initCause(cause);
    return error;
  }
}
