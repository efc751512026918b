package dev.gengap.actors;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.gengap.protocol.v1.ControlMessage;
import java.io.NotSerializableException;

/**
 * What actors of different processes tell each other, as Protobuf ({@code control.proto}). Akka
 * makes one for each actor system.
 *
 * <p>Safe for any thread.
 */
public final class ControlSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 0x67656e67;
  private static final String MANIFEST = "ControlMessage";

  private final ControlCodec codec;

  /**
   * @param system whose actors send and receive
   */
  public ControlSerializer(ExtendedActorSystem system) {
    this.codec = new ControlCodec(ActorRefResolver.get(Adapter.toTyped(system)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return MANIFEST;
  }

  @Override
  public byte[] toBinary(Object message) {
    return codec.encode(message).toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return codec.decode(ControlMessage.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      NotSerializableException failure = new NotSerializableException(manifest);
      failure.initCause(e);
      throw failure;
    }
  }
}
