package dev.gengap.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file of CIFAR-10 records. */
record CifarFile(String set, Path path) {
  private static final int PIXELS = 3 * 32 * 32;
  private static final int RECORD = 1 + PIXELS;
  private static final int CLASSES = 10;
  private static final int BUFFER = 1 << 16;

  /** How many records the file holds, by its size. */
  int records() {
    long size;
    try {
      size = Files.size(path);
    } catch (IOException e) {
      throw DataFiles.unreadable(path, e);
    }
    if (size == 0 || size % RECORD != 0) {
      throw DataFiles.damaged(
          set,
          path,
          "size",
          size + " bytes",
          "a multiple of " + RECORD + " bytes, 30730000 as published");
    }
    return Math.toIntExact(size / RECORD);
  }

  /** Fills the arrays from example {@code from} on and returns how many examples it read. */
  int read(byte[] pixels, int[] labels, int from) {
    int count = Math.min(records(), labels.length - from);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
      for (int i = 0; i < count; i++) {
        labels[from + i] = label(in.read(), i);
        if (in.readNBytes(pixels, (from + i) * PIXELS, PIXELS) < PIXELS) {
          throw DataFiles.damaged(
              set, path, "truncated file", "ends in record " + i, "whole records");
        }
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(path, e);
    }
    return count;
  }

  private int label(int label, int record) {
    if (label < 0 || label >= CLASSES) {
      throw DataFiles.damaged(
          set, path, "label of record " + record, label, "0 … " + (CLASSES - 1));
    }
    return label;
  }
}
