package dev.gengap.systemtests.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files of 12 × 4 numbers whose header says what is not so. */
enum LyingTensors {
  OUTSIDE_THE_FILE,
  ENDLESS_HEADER;

  private static final int DATA_BYTES = 12 * 4 * Float.BYTES;

  void write(Path file) throws IOException {
    byte[] header =
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4,12],\"data_offsets\":[0,9999999]}}   "
            .getBytes(StandardCharsets.UTF_8);
    long length = this == ENDLESS_HEADER ? 1L << 60 : header.length;
    Files.write(
        file,
        ByteBuffer.allocate(Long.BYTES + header.length + DATA_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(header)
            .array());
  }
}
