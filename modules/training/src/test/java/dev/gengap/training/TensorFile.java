package dev.gengap.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.network.FloatArray;
import dev.gengap.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A fixture of tensors in the safetensors layout: header length, JSON header, numbers. */
final class TensorFile {
  private final JsonNode header;
  private final ByteBuffer data;

  private TensorFile(JsonNode header, ByteBuffer data) {
    this.header = header;
    this.data = data;
  }

  static TensorFile resource(String name) throws IOException {
    try (InputStream stream = TensorFile.class.getResourceAsStream(name)) {
      byte[] bytes = stream.readAllBytes();
      int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
      ByteBuffer data = ByteBuffer.wrap(bytes, 8 + length, bytes.length - 8 - length).slice();
      JsonNode header = new ObjectMapper().readTree(bytes, 8, length);
      return new TensorFile(header, data.order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  Weights weights() {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    header.fieldNames().forEachRemaining(name -> tensors.put(name, floats(name)));
    return new Weights(tensors);
  }

  FloatArray floats(String name) {
    List<Integer> shape = new ArrayList<>();
    header.get(name).get("shape").forEach(size -> shape.add(size.asInt()));
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    at(name).asFloatBuffer().get(values);
    return new FloatArray(shape, values);
  }

  int[] longs(String name) {
    long[] values = new long[header.get(name).get("shape").get(0).asInt()];
    at(name).asLongBuffer().get(values);
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private ByteBuffer at(String name) {
    int begin = header.get(name).get("data_offsets").get(0).asInt();
    return data.duplicate().position(begin).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
