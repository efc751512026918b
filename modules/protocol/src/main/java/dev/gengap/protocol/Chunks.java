package dev.gengap.protocol;

import com.google.protobuf.UnsafeByteOperations;
import dev.gengap.protocol.v1.Chunk;
import java.util.ArrayList;
import java.util.List;

/** Splits payloads too large for one record; {@link ChunkAssembler} puts them together again. */
public final class Chunks {
  /**
   * Most payload bytes in one chunk: with key and framing the record stays below {@link
   * TopicKind#MAX_MESSAGE_BYTES}.
   */
  public static final int MAX_BYTES = 900 << 10;

  private Chunks() {}

  /**
   * Cuts {@code bytes} into chunks of at most {@link #MAX_BYTES}; an empty payload is one empty
   * chunk. The chunks share the array: leave it unchanged while they are in use.
   *
   * @param payload name of the payload, the same in every chunk
   */
  public static List<Chunk> split(String payload, byte[] bytes) {
    int count = count(bytes.length);
    List<Chunk> chunks = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      int from = index * MAX_BYTES;
      int length = Math.min(MAX_BYTES, bytes.length - from);
      chunks.add(
          Chunk.newBuilder()
              .setSchemaVersion(SchemaVersion.CURRENT)
              .setPayload(payload)
              .setIndex(index)
              .setCount(count)
              .setTotalBytes(bytes.length)
              .setData(UnsafeByteOperations.unsafeWrap(bytes, from, length))
              .build());
    }
    return chunks;
  }

  /** Number of chunks a payload of {@code bytes} bytes takes. */
  public static int count(int bytes) {
    return 1 + Math.max(0, bytes - 1) / MAX_BYTES;
  }
}
