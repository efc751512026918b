package dev.gengap.data.source;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small files in the formats of the publishers. */
final class DataFixtures {
  private static final int SIDE = 28;
  private static final int CIFAR_PIXELS = 3072;

  private DataFixtures() {}

  /** Image i is filled with the value i. */
  static byte[] idxImages(int count) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / (SIDE * SIDE));
    }
    return idx(0x803, new int[] {count, SIDE, SIDE}, pixels);
  }

  static byte[] idxLabels(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return idx(0x801, new int[] {labels.length}, bytes);
  }

  static byte[] idx(int magic, int[] sizes, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int size : sizes) {
        out.writeInt(size);
      }
      out.write(body);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** One record for each label; pixel j of record i is (byte) (label + j). */
  static byte[] cifar(int... labels) {
    byte[] bytes = new byte[labels.length * (1 + CIFAR_PIXELS)];
    for (int i = 0; i < labels.length; i++) {
      int start = i * (1 + CIFAR_PIXELS);
      bytes[start] = (byte) labels[i];
      for (int j = 0; j < CIFAR_PIXELS; j++) {
        bytes[start + 1 + j] = (byte) (labels[i] + j);
      }
    }
    return bytes;
  }

  static Path write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }
}
