package dev.gengap.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;

/** JSON as Gengap writes it: map keys sorted, lines ended by a line feed on every platform. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          // Numbers that are read and written again look the same.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private Json() {}

  /** {@code value} (maps, lists, strings, numbers, booleans) on one line without spaces. */
  public static String compact(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("value: no JSON (expected: maps, lists and scalars)", e);
    }
  }

  /** {@code value} indented for people, with a line feed at the end. */
  public static String pretty(Object value) {
    try {
      return MAPPER
              .writer(
                  new DefaultPrettyPrinter()
                      .withObjectIndenter(INDENTER)
                      .withArrayIndenter(INDENTER))
              .writeValueAsString(value)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("value: no JSON (expected: maps, lists and scalars)", e);
    }
  }

  /**
   * {@code value} as a number; JSON has no word for one that is not finite, so that is a string.
   */
  public static Object number(double value) {
    return Double.isFinite(value) ? Decimal.of(value) : Double.toString(value);
  }

  /**
   * The JSON in {@code text}.
   *
   * @param place where it comes from, for the message
   * @throws UserError if it is not JSON
   */
  public static JsonNode parse(String place, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UserError(Problem.of(place, "JSON", e.getOriginalMessage(), "valid JSON"), e);
    }
  }
}
