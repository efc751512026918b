package dev.gengap.network.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors, trusting nothing the header says: every claim is checked against the bytes
 * there are before it is acted upon. Confined to one thread.
 */
public final class SafetensorsReader {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String origin;
  private final ByteBuffer file;

  private SafetensorsReader(byte[] bytes, String origin) {
    this.origin = origin;
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads {@code file}, of less than 2 GiB.
   *
   * @throws UserError if it cannot be read or is not sound
   */
  public static Safetensors read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          Problem.of(file.toString(), "safetensors", "no such file", "a safetensors file"));
    }
    try {
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE - Long.BYTES) {
        throw new UserError(
            Problem.of(file.toString(), "size", size + " bytes", "less than 2 GiB"));
      }
      return read(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new UserError(
          Problem.of(file.toString(), "safetensors", e, "a readable safetensors file"), e);
    }
  }

  /**
   * Reads {@code bytes}, which the result shares: do not change them.
   *
   * @param origin what to call them in problems: a file's name
   * @throws UserError if they are not sound
   */
  public static Safetensors read(byte[] bytes, String origin) {
    return new SafetensorsReader(bytes, origin).read();
  }

  private Safetensors read() {
    int headerLength = headerLength();
    JsonNode header = header(headerLength);
    ByteBuffer data = file.slice(Safetensors.LENGTH_BYTES + headerLength, dataLength(headerLength));
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(Safetensors.METADATA)) {
        metadata.putAll(metadata(field.getValue()));
      } else {
        entries.add(entry(field.getKey(), field.getValue(), data.capacity()));
      }
    }
    entries.sort(Comparator.comparingInt(Entry::begin).thenComparingInt(Entry::end));
    checkTiling(entries, data.capacity());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      ByteBuffer bytes = data.slice(entry.begin, entry.end - entry.begin);
      tensors.put(entry.name, new Tensor(entry.type, entry.shape, bytes));
    }
    return new Safetensors(metadata, tensors);
  }

  private int headerLength() {
    int size = file.capacity();
    if (size < Safetensors.LENGTH_BYTES) {
      throw problem("size", size + " bytes", "at least 8, the length of the header");
    }
    long length = file.getLong(0);
    int most = size - Safetensors.LENGTH_BYTES;
    if (length < 0 || length > most) {
      throw problem(
          "header length",
          Long.toUnsignedString(length) + " bytes",
          "at most the " + most + " that follow in the file");
    }
    return (int) length;
  }

  private int dataLength(int headerLength) {
    return file.capacity() - Safetensors.LENGTH_BYTES - headerLength;
  }

  private JsonNode header(int length) {
    JsonNode header;
    try {
      header = JSON.readTree(file.array(), Safetensors.LENGTH_BYTES, length);
    } catch (JsonProcessingException e) {
      throw new UserError(
          Problem.of(origin, "header", e.getOriginalMessage(), "a JSON object without repetitions"),
          e);
    } catch (IOException e) {
      throw new UserError(Problem.of(origin, "header", e.getMessage(), "JSON in UTF-8"), e);
    }
    if (!header.isObject()) {
      throw problem("header", header.getNodeType(), "a JSON object");
    }
    return header;
  }

  private Map<String, String> metadata(JsonNode node) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!node.isObject()) {
      throw problem(Safetensors.METADATA, node, "an object of texts");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw problem(Safetensors.METADATA + "." + field.getKey(), field.getValue(), "a text");
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
    return metadata;
  }

  private Entry entry(String name, JsonNode node, int dataLength) {
    DType type =
        DType.named(node.path("dtype").asText("missing"))
            .orElseThrow(
                () ->
                    problem(
                        "tensor " + name + " dtype",
                        node.path("dtype").asText("missing"),
                        "F32, F64 or I64"));
    List<Long> shape = numbers(name, node, "shape");
    List<Long> offsets = numbers(name, node, "data_offsets");
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > dataLength) {
      throw problem(
          "tensor " + name + " data_offsets",
          offsets,
          "[begin, end] with begin ≤ end ≤ " + dataLength + ", the bytes of data in the file");
    }
    long found = offsets.get(1) - offsets.get(0);
    if (byteSize(shape, type) != found) {
      throw problem(
          "tensor " + name + " data_offsets",
          found + " bytes",
          "as many as " + type + " of shape " + shape + " takes");
    }
    return new Entry(
        name,
        type,
        shape.stream().map(Long::intValue).toList(),
        offsets.get(0).intValue(),
        offsets.get(1).intValue());
  }

  /** A list of whole numbers in 0 … 2³¹ − 1. */
  private List<Long> numbers(String tensor, JsonNode node, String key) {
    JsonNode list = node.path(key);
    List<Long> numbers = new ArrayList<>();
    boolean sound = list.isArray();
    for (JsonNode item : list) {
      sound &= item.canConvertToInt() && item.isIntegralNumber() && item.intValue() >= 0;
      numbers.add(item.longValue());
    }
    if (!sound) {
      throw problem(
          "tensor " + tensor + " " + key,
          list.isMissingNode() ? "missing" : list,
          "a list of whole numbers, none negative and none above 2147483647");
    }
    return numbers;
  }

  /** Bytes that {@code shape} takes, or −1 if more than any file read here can hold. */
  private static long byteSize(List<Long> shape, DType type) {
    if (shape.contains(0L)) {
      return 0;
    }
    long bytes = type.bytes();
    for (long size : shape) {
      bytes *= size;
      if (bytes > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return bytes;
  }

  private void checkTiling(List<Entry> entries, int dataLength) {
    int end = 0;
    for (Entry entry : entries) {
      if (entry.begin != end) {
        throw problem(
            "tensor " + entry.name + " data_offsets",
            "begin " + entry.begin,
            end + ", where the tensor before it ends");
      }
      end = entry.end;
    }
    if (end != dataLength) {
      throw problem("data", dataLength + " bytes", end + ", those of the tensors in the header");
    }
  }

  private UserError problem(String name, Object value, String expected) {
    return new UserError(Problem.of(origin, name, value, expected));
  }

  /** What the header says about one tensor, offsets counted from the end of the header. */
  private record Entry(String name, DType type, List<Integer> shape, int begin, int end) {}
}
