package dev.gengap.streams;

import com.google.protobuf.ByteString;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.Minibatch;

/** Minibatches for tests. */
final class Batches {
  static final String RUN = "0123456789ab";
  static final String OTHER_RUN = "ba9876543210";

  private Batches() {}

  /** A minibatch whose pixels depend on its sequence number. */
  static Minibatch batch(String run, int incarnation, long sequence, int bytes) {
    byte[] pixels = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      pixels[i] = (byte) (i * 7 + i / 255 + sequence);
    }
    return Minibatch.newBuilder()
        .setSchemaVersion(SchemaVersion.CURRENT)
        .setRun(run)
        .setIncarnation(incarnation)
        .setSequence(sequence)
        .addExampleIds((int) sequence)
        .addLabels(3)
        .setPixels(ByteString.copyFrom(pixels))
        .build();
  }
}
