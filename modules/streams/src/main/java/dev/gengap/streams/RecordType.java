package dev.gengap.streams;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.gengap.protocol.TopicKind;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * A kind of small record: where it goes, under which key, and how it is read back. The known ones
 * are in {@link RecordTypes}.
 *
 * @param topic its topic
 * @param parser reads its value
 * @param version its schema version
 * @param key its key
 * @param keys which keys of the topic are of this kind
 * @param deleted how a reader is told that nothing is under a key any more, if at all
 */
public record RecordType<T extends MessageLite>(
    TopicKind topic,
    Parser<T> parser,
    ToIntFunction<T> version,
    Function<T, String> key,
    Predicate<String> keys,
    Function<String, Optional<T>> deleted) {

  /** A kind whose readers are not told of deletions. */
  RecordType(
      TopicKind topic,
      Parser<T> parser,
      ToIntFunction<T> version,
      Function<T, String> key,
      Predicate<String> keys) {
    this(topic, parser, version, key, keys, none -> Optional.empty());
  }
}
