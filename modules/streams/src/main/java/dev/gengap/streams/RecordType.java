package dev.gengap.streams;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.gengap.protocol.TopicKind;
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
 */
public record RecordType<T extends MessageLite>(
    TopicKind topic,
    Parser<T> parser,
    ToIntFunction<T> version,
    Function<T, String> key,
    Predicate<String> keys) {}
