package dev.gengap.cli.bench;

import dev.gengap.experiment.Feed.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words that options take, in lower case as experiment files write them. */
final class Words {
  private Words() {}

  /** Where minibatches come from. */
  static final class OfSource implements ITypeConverter<TrainBenchCommand.Source> {
    @Override
    public TrainBenchCommand.Source convert(String word) {
      return read(word, TrainBenchCommand.Source.values());
    }
  }

  /** What records carry. */
  static final class OfPayload implements ITypeConverter<Payload> {
    @Override
    public Payload convert(String word) {
      return read(word, Payload.values());
    }
  }

  /** The word for {@code constant}. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E read(String word, E[] constants) {
    List<String> words = Arrays.stream(constants).map(Words::of).toList();
    int index = words.indexOf(word);
    if (index < 0) {
      throw new TypeConversionException(
          word + " (expected: one of " + String.join(", ", words) + ")");
    }
    return constants[index];
  }
}
