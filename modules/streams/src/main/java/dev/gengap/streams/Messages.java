package dev.gengap.streams;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads messages out of records. */
final class Messages {
  private Messages() {}

  /** Parses a message whose byte fields share {@code bytes}: leave the array unchanged. */
  static <T> T parse(Parser<T> parser, byte[] bytes) throws InvalidProtocolBufferException {
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    input.enableAliasing(true);
    return parser.parseFrom(input);
  }

  /** Where a record stands, for error messages. */
  static String place(ConsumerRecord<byte[], byte[]> record) {
    return "topic %s, partition %d, offset %d"
        .formatted(record.topic(), record.partition(), record.offset());
  }
}
