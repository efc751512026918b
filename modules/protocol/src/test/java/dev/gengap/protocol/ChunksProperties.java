package dev.gengap.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.protocol.v1.Chunk;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChunksProperties {
  @Property(tries = 30)
  void assembled_anySize_givesThePayloadBack(
      @ForAll @IntRange(max = 3 * Chunks.MAX_BYTES) int size) {
    byte[] payload = payload(size);

    List<Chunk> chunks = Chunks.split("name", payload);

    assertThat(chunks).hasSize(Chunks.count(size));
    assertThat(chunks).allMatch(chunk -> chunk.getSerializedSize() < 1_000_000);
    assertThat(assemble(chunks)).contains(payload);
  }

  @Example
  void add_writerBeganAgain_startsOver() {
    byte[] payload = payload(2 * Chunks.MAX_BYTES);
    List<Chunk> chunks = Chunks.split("name", payload);

    assertThat(assemble(List.of(chunks.get(0), chunks.get(0), chunks.get(1)))).contains(payload);
  }

  @Example
  void add_otherPayload_isIgnored() {
    var assembler = new ChunkAssembler("name");

    assertThat(assembler.add(Chunks.split("other", payload(3)).get(0))).isEmpty();
    assertThat(assembler.chunks()).isZero();
  }

  @Example
  void add_missingChunk_isRefused() {
    List<Chunk> chunks = Chunks.split("name", payload(3 * Chunks.MAX_BYTES));

    assertThatThrownBy(() -> assemble(List.of(chunks.get(0), chunks.get(2))))
        .hasMessage("chunks of name: index: 2 (expected: 1)");
  }

  @Example
  void add_noFirstChunk_isRefused() {
    List<Chunk> chunks = Chunks.split("name", payload(2 * Chunks.MAX_BYTES));

    assertThatThrownBy(() -> assemble(chunks.subList(1, 2)))
        .hasMessage("chunks of name: index: 1 (expected: 0)");
  }

  @Example
  void add_lyingTotal_isRefused() {
    Chunk chunk = Chunks.split("name", payload(10)).get(0);

    assertThatThrownBy(() -> assemble(List.of(chunk.toBuilder().setTotalBytes(1L << 40).build())))
        .hasMessageContaining("total bytes: 1099511627776");
    assertThatThrownBy(() -> assemble(List.of(chunk.toBuilder().setTotalBytes(11).build())))
        .hasMessage("chunks of name: bytes: 10 (expected: 11)");
    assertThatThrownBy(() -> assemble(List.of(chunk.toBuilder().setTotalBytes(9).build())))
        .hasMessageContaining("room for 10 bytes");
  }

  private static Optional<byte[]> assemble(List<Chunk> chunks) {
    var assembler = new ChunkAssembler("name");
    Optional<byte[]> payload = Optional.empty();
    for (Chunk chunk : chunks) {
      payload = assembler.add(chunk);
    }
    return payload;
  }

  private static byte[] payload(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }
}
