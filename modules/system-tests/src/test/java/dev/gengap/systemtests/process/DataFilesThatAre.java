package dev.gengap.systemtests.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What can be wrong with a downloaded training set of 200 images. */
enum DataFilesThatAre {
  MISSING,
  TRUNCATED,
  OF_ANOTHER_KIND;

  private static final int IMAGES = 200;
  private static final int LOST_BYTES = 100;

  /** Writes the files of {@code set} into {@code folder}, with this wrong about the first. */
  void write(Path folder, String set) throws IOException {
    if (this == MISSING) {
      return;
    }
    Files.createDirectories(folder);
    if (set.equals("cifar-10")) {
      Files.write(folder.resolve("data_batch_1.bin"), cifar());
      Files.write(folder.resolve("test_batch.bin"), new byte[IMAGES * 3073]);
    } else {
      // 0x0d in the third byte announces floats.
      int magic = this == OF_ANOTHER_KIND ? 0x0d03 : 0x0803;
      Files.write(folder.resolve("train-images-idx3-ubyte"), shortened(images(magic)));
      Files.write(folder.resolve("train-labels-idx1-ubyte"), labels());
      Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(0x0803));
      Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels());
    }
  }

  private byte[] cifar() {
    byte[] records = new byte[IMAGES * 3073];
    records[0] = this == OF_ANOTHER_KIND ? (byte) 77 : 0;
    return shortened(records);
  }

  private byte[] shortened(byte[] bytes) {
    return this == TRUNCATED ? Arrays.copyOf(bytes, bytes.length - LOST_BYTES) : bytes;
  }

  private static byte[] images(int magic) {
    return ByteBuffer.allocate(16 + IMAGES * 28 * 28)
        .putInt(magic)
        .putInt(IMAGES)
        .putInt(28)
        .putInt(28)
        .array();
  }

  private static byte[] labels() {
    return ByteBuffer.allocate(8 + IMAGES).putInt(0x0801).putInt(IMAGES).array();
  }
}
