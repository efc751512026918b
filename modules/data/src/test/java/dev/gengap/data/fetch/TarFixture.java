package dev.gengap.data.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes small tar.gz archives. */
final class TarFixture {
  private static final int BLOCK = 512;

  private TarFixture() {}

  /** An archive of two files. */
  static byte[] tarGz(String nameA, byte[] a, String nameB, byte[] b) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      member(out, nameA, a);
      member(out, nameB, b);
      out.write(new byte[2 * BLOCK]);
    }
    return bytes.toByteArray();
  }

  private static void member(GZIPOutputStream out, String name, byte[] content) throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(content.length));
    put(header, 257, "ustar");
    header[156] = '0';
    out.write(header);
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
