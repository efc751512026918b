package dev.gengap.network.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes safetensors: the same contents always give the same bytes. Tensors keep their order, but
 * for wider element types coming first, so that each is aligned to its own.
 */
public final class SafetensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafetensorsWriter() {}

  /** The bytes of a file that holds {@code contents}. */
  public static byte[] encode(Safetensors contents) {
    List<Map.Entry<String, Tensor>> tensors =
        contents.tensors().entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> -entry.getValue().type().bytes()))
            .toList();
    byte[] header = header(contents.metadata(), tensors);
    long size = header.length;
    for (Map.Entry<String, Tensor> entry : tensors) {
      size += entry.getValue().bytes().remaining();
    }
    ByteBuffer file =
        ByteBuffer.allocate(Math.toIntExact(Safetensors.LENGTH_BYTES + size))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    tensors.forEach(entry -> file.put(entry.getValue().elements()));
    return file.array();
  }

  /**
   * Writes {@code contents} to {@code file}, whole or not at all: a reader, or a process killed
   * half-way, never leaves part of a file under that name.
   *
   * @throws UserError if it cannot be written
   */
  public static void write(Path file, Safetensors contents) {
    write(file, encode(contents));
  }

  /** As {@link #write(Path, Safetensors)}, of bytes already encoded. */
  static void write(Path file, byte[] bytes) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UserError(
          Problem.of(file.toString(), "safetensors", e, "a file that can be written"), e);
    }
  }

  private static byte[] header(
      Map<String, String> metadata, List<Map.Entry<String, Tensor>> tensors) {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(Safetensors.METADATA, metadata);
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> entry : tensors) {
      Tensor tensor = entry.getValue();
      long end = begin + tensor.bytes().remaining();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("dtype", tensor.type().name());
      fields.put("shape", tensor.shape());
      fields.put("data_offsets", List.of(begin, end));
      header.put(entry.getKey(), fields);
      begin = end;
    }
    try {
      byte[] json = JSON.writeValueAsBytes(header);
      byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
      Arrays.fill(padded, json.length, padded.length, (byte) ' ');
      return padded;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers and maps of them are always JSON", e);
    }
  }
}
