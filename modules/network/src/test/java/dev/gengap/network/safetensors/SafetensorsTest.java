package dev.gengap.network.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  /** The header of two tensors over 24 bytes of data. */
  private static final String SOUND =
      """
      {"a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]},
       "b": {"dtype": "I64", "shape": [1], "data_offsets": [16, 24]}}""";

  @Test
  void encode_thenRead_givesTheSameTensorsAndTexts() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("odd", Tensor.of(List.of(3), new float[] {1, -2.5f, Float.MIN_VALUE}));
    tensors.put("labels", Tensor.of(List.of(2), new long[] {7, Long.MIN_VALUE}));
    tensors.put("scalar", Tensor.of(List.of(), new float[] {4}));
    tensors.put("empty", Tensor.of(List.of(0, 3), new float[0]));
    Safetensors contents = new Safetensors(Map.of("step", "12", "run", "ä\"\n"), tensors);

    byte[] bytes = SafetensorsWriter.encode(contents);
    Safetensors read = SafetensorsReader.read(bytes, "x");

    assertThat(read.metadata()).isEqualTo(contents.metadata());
    assertThat(read.tensors().keySet()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
    assertThat(read.tensors().get("odd").floats()).containsExactly(1, -2.5f, Float.MIN_VALUE);
    assertThat(read.tensors().get("labels").longs()).containsExactly(7, Long.MIN_VALUE);
    assertThat(read.tensors().get("scalar").shape()).isEmpty();
    assertThat(read.tensors().get("empty").size()).isZero();
    assertThat(SafetensorsWriter.encode(read)).isEqualTo(bytes);
  }

  @Test
  void encode_anyContents_alignsHeaderAndWideTensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("x", Tensor.of(List.of(1), new float[] {1}));
    tensors.put("y", Tensor.of(List.of(1), new long[] {1}));
    byte[] bytes = SafetensorsWriter.encode(new Safetensors(Map.of(), tensors));
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(new String(bytes, 8, (int) header, StandardCharsets.UTF_8))
        .startsWith("{\"y\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},\"x\"");
  }

  @Test
  void read_soundHeader_isAccepted() {
    assertThat(SafetensorsReader.read(file(SOUND, 24), "x").tensors()).containsOnlyKeys("a", "b");
  }

  @Test
  void read_float64_roundsToFloat32() {
    byte[] bytes =
        file("{\"a\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [0, 8]}}", 8);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(bytes.length - 8, 0.1);
    assertThat(SafetensorsReader.read(bytes, "x").tensors().get("a").floats())
        .containsExactly(0.1f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2, 2]      | [2, 3]      | tensor a data_offsets: 16 bytes (expected: as many as F32",
        "[2, 2]      | [2147483647, 2147483647] | tensor a data_offsets: 16 bytes (expected: as",
        "[2, 2]      | [-1, 2]     | tensor a shape: [-1,2] (expected: a list of whole numbers",
        "[2, 2]      | 4           | tensor a shape: 4 (expected: a list of whole numbers",
        "[0, 16]     | [0, 17]     | tensor a data_offsets: 17 bytes",
        "[0, 16]     | [16, 0]     | tensor a data_offsets: [16, 0] (expected: [begin, end]",
        "[0, 16]     | [0, 99999999999] | tensor a data_offsets: [0,99999999999] (expected: a",
        "[0, 16]     | [8, 24]     | tensor a data_offsets: begin 8 (expected: 0",
        "[16, 24]    | [8, 16]     | tensor b data_offsets: begin 8 (expected: 16",
        "[16, 24]    | [20, 28]    | tensor b data_offsets: [20, 28] (expected: [begin, end]",
        "F32         | F99         | tensor a dtype: F99 (expected: F32, F64 or I64)",
        "\"shape\": [1], | ''      | tensor b shape: missing (expected: a list of whole numbers",
        "\"b\"       | \"a\"       | header: Duplicate field 'a'",
        "\"b\"       | b           | header: Unexpected character",
        "}}          | }           | header: Unexpected end-of-input",
        "\"b\"       | \"__metadata__\" | __metadata__.shape: [1] (expected: a text)",
      })
  void read_lyingHeader_saysWhichTensorAndWhatWasExpected(
      String sound, String lie, String message) {
    assertThatThrownBy(() -> SafetensorsReader.read(file(SOUND.replace(sound, lie), 24), "f.st"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("f.st: " + message);
  }

  @Test
  void read_bytesNoTensorHas_areRefused() {
    assertThatThrownBy(() -> SafetensorsReader.read(file(SOUND, 32), "f.st"))
        .hasMessage("f.st: data: 32 bytes (expected: 24, those of the tensors in the header)");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 18446744073709551615",
    "9223372036854775807, 9223372036854775807",
    "1000000000000, 1000000000000",
    "177, 177"
  })
  void read_headerLongerThanTheFile_isRefusedBeforeAnythingIsAllocated(long length, String shown) {
    byte[] bytes = file(SOUND, 24);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    assertThatThrownBy(() -> SafetensorsReader.read(bytes, "f.st"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "f.st: header length: "
                + shown
                + " bytes (expected: at most the "
                + (bytes.length - 8)
                + " that follow in the file)");
  }

  @Test
  void read_truncatedOrEmptyFile_isRefused() {
    assertThatThrownBy(() -> SafetensorsReader.read(new byte[7], "f.st"))
        .hasMessage("f.st: size: 7 bytes (expected: at least 8, the length of the header)");
    assertThatThrownBy(() -> SafetensorsReader.read(new byte[8], "f.st"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("f.st: header: ");
  }

  @Test
  void read_missingFile_isAUserError(@TempDir Path folder) {
    assertThatThrownBy(() -> SafetensorsReader.read(folder.resolve("none.safetensors")))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "none.safetensors: safetensors: no such file (expected: a safetensors file)");
  }

  @Test
  void write_file_leavesNothingElseBehind(@TempDir Path folder) {
    Path file = folder.resolve("a.safetensors");
    SafetensorsWriter.write(file, new Safetensors(Map.of(), Map.of()));
    SafetensorsWriter.write(file, new Safetensors(Map.of("again", "yes"), Map.of()));
    assertThat(SafetensorsReader.read(file).metadata()).containsEntry("again", "yes");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void write_missingFolder_isAUserError(@TempDir Path folder) {
    Path file = folder.resolve("none/a.safetensors");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, new Safetensors(Map.of(), Map.of())))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": safetensors: ");
    assertThat(Files.exists(file.getParent())).isFalse();
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
