package dev.gengap.experiment.file;

import com.typesafe.config.ConfigValue;
import dev.gengap.experiment.RunDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What values a key takes. Immutable.
 *
 * @param expected the values in words, for messages and documentation
 * @param reader the value as Java has it; empty if it is none of them
 */
record ValueType<T>(String expected, Function<ConfigValue, Optional<T>> reader) {

  /** The value as Java has it; empty if it is not of this type. */
  Optional<T> read(ConfigValue value) {
    return reader.apply(value);
  }

  static ValueType<Integer> integer(int least) {
    return new ValueType<>(
        "an integer ≥ " + least,
        value ->
            whole(value).filter(n -> n >= least && n <= Integer.MAX_VALUE).map(Long::intValue));
  }

  static ValueType<Long> longInteger() {
    return new ValueType<>("an integer", ValueType::whole);
  }

  static ValueType<Long> count() {
    return new ValueType<>("an integer ≥ 0", value -> whole(value).filter(n -> n >= 0));
  }

  /** A finite number for which {@code test} holds. */
  static ValueType<Double> number(String expected, Function<Double, Boolean> test) {
    return new ValueType<>(expected, value -> real(value).filter(test::apply));
  }

  static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false",
        value -> value.unwrapped() instanceof Boolean flag ? Optional.of(flag) : Optional.empty());
  }

  static ValueType<String> choice(List<String> choices) {
    return new ValueType<>(
        choices.size() == 1 ? choices.get(0) : "one of " + String.join(", ", choices),
        value -> string(value).filter(choices::contains));
  }

  /** One of {@code constants}, by the names that experiment files give them. */
  static <E extends Enum<E>> ValueType<E> constant(E[] constants) {
    List<String> names = Arrays.stream(constants).map(RunDescription::key).toList();
    return new ValueType<>(
        choice(names).expected(),
        value ->
            Arrays.stream(constants)
                .filter(constant -> RunDescription.key(constant).equals(value.unwrapped()))
                .findFirst());
  }

  /** A string that {@code parser} understands. */
  static <T> ValueType<T> text(String expected, Function<String, Optional<T>> parser) {
    return new ValueType<>(expected, value -> string(value).flatMap(parser));
  }

  /** This type, or the word {@code word} with a meaning of its own. */
  ValueType<T> or(String word, T meaning) {
    return new ValueType<>(
        expected + ", or " + word,
        value -> string(value).filter(word::equals).map(found -> meaning).or(() -> read(value)));
  }

  static <T> ValueType<List<T>> listOf(ValueType<T> element) {
    return new ValueType<>(
        "a list of: " + element.expected(),
        value -> {
          if (!(value instanceof List<?> list)) {
            return Optional.empty();
          }
          List<T> found = new ArrayList<>();
          for (Object item : list) {
            Optional<T> read = element.read((ConfigValue) item);
            if (read.isEmpty()) {
              return Optional.empty();
            }
            found.add(read.get());
          }
          return Optional.of(List.copyOf(found));
        });
  }

  private static Optional<String> string(ConfigValue value) {
    return value.unwrapped() instanceof String text ? Optional.of(text) : Optional.empty();
  }

  static Optional<Long> whole(ConfigValue value) {
    if (!(value.unwrapped() instanceof Number number)) {
      return Optional.empty();
    }
    boolean exact = !(number instanceof Double) || number.doubleValue() == number.longValue();
    return exact ? Optional.of(number.longValue()) : Optional.empty();
  }

  static Optional<Double> real(ConfigValue value) {
    return value.unwrapped() instanceof Number number && Double.isFinite(number.doubleValue())
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }
}
