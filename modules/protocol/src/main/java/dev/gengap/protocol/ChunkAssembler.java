package dev.gengap.protocol;

import dev.gengap.protocol.v1.Chunk;
import java.util.Optional;

/**
 * Puts the chunks of one payload together, in their order. A repeated chunk is ignored, and a chunk
 * 0 starts over, so that a writer may begin again. Confined to one thread.
 */
public final class ChunkAssembler {
  private final String payload;
  private byte[] bytes;
  private int next;
  private int count;
  private int filled;

  /** An assembler for the chunks that carry this payload name. */
  public ChunkAssembler(String payload) {
    this.payload = payload;
  }

  /**
   * Takes the next chunk.
   *
   * @return the payload once its last chunk is in; chunks of other payloads are ignored
   * @throws IllegalArgumentException if a chunk is missing or the chunks contradict each other
   */
  public Optional<byte[]> add(Chunk chunk) {
    if (!chunk.getPayload().equals(payload)) {
      return Optional.empty();
    }
    int index = chunk.getIndex();
    if (index == 0) {
      start(chunk);
    } else if (index < next) {
      return Optional.empty();
    }
    check("index", index, next);
    check("count", chunk.getCount(), count);
    check("total bytes", chunk.getTotalBytes(), bytes == null ? 0 : bytes.length);
    check("room for " + chunk.getData().size() + " bytes", fits(chunk), true);
    chunk.getData().copyTo(bytes, filled);
    filled += chunk.getData().size();
    next++;
    if (next < count) {
      return Optional.empty();
    }
    check("bytes", filled, bytes.length);
    return Optional.of(bytes);
  }

  /** Chunks taken so far. */
  public int chunks() {
    return next;
  }

  private void start(Chunk chunk) {
    long total = chunk.getTotalBytes();
    if (total < 0 || total > (long) Chunks.MAX_BYTES * chunk.getCount()) {
      throw wrong("total bytes", total, "at most " + Chunks.MAX_BYTES + " a chunk");
    }
    if (total > Integer.MAX_VALUE - 8) {
      throw wrong("total bytes", total, "below 2 GiB");
    }
    bytes = new byte[(int) total];
    count = chunk.getCount();
    next = 0;
    filled = 0;
  }

  private boolean fits(Chunk chunk) {
    return bytes != null && filled + (long) chunk.getData().size() <= bytes.length;
  }

  private void check(String name, Object value, Object expected) {
    boolean same =
        value instanceof Number number
            ? number.longValue() == ((Number) expected).longValue()
            : value.equals(expected);
    if (!same) {
      throw wrong(name, value, String.valueOf(expected));
    }
  }

  private IllegalArgumentException wrong(String name, Object value, String expected) {
    return new IllegalArgumentException(
        "chunks of " + payload + ": " + name + ": " + value + " (expected: " + expected + ")");
  }
}
