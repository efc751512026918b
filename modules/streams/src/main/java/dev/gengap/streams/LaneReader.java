package dev.gengap.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gengap.core.UserError;
import dev.gengap.protocol.BatchAddress;
import dev.gengap.protocol.ChunkAssembler;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.Chunk;
import dev.gengap.protocol.v1.LaneRecord;
import dev.gengap.protocol.v1.Minibatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the minibatches of one run from a slot's lane, in order, each once.
 *
 * <p>Confined to one thread, the trainer's or one it owns. Ownership: the caller closes it.
 *
 * <p>Ordering: exactly the next sequence number is accepted and lower ones are ignored, as are
 * other runs and older incarnations.
 *
 * <p>Failure: a hole in the sequence or a damaged record is a {@link StreamException}; a newer
 * incarnation of the run is a {@link StaleIncarnationException}. Both end the assignment.
 */
public final class LaneReader implements AutoCloseable {
  private final StreamsConfig config;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition lane;
  private BatchAddress next;
  private ChunkAssembler assembler;

  private LaneReader(BrokerConnection connection, int slot) {
    this.config = connection.config();
    this.lane = new TopicPartition(connection.topics().lane(slot), 0);
    this.consumer = ClientSettings.consumer(config, "lane-reader-" + slot, "earliest");
    consumer.assign(List.of(lane));
  }

  /** Opens the lane of a slot, counted from 0; it gives nothing before {@link #assign}. */
  public static LaneReader open(BrokerConnection connection, int slot) {
    return new LaneReader(connection, slot);
  }

  /**
   * Turns to a run. What the lane still holds is looked through from its beginning, since the
   * feeder may have been first.
   *
   * @param first sequence number wanted first
   */
  public void assign(String run, int incarnation, long first) {
    expect(new BatchAddress(run, incarnation, first));
    consumer.seekToBeginning(List.of(lane));
  }

  /**
   * The next minibatches, as many as have arrived; waits up to {@code timeout} for the first.
   *
   * @throws StreamException if a minibatch is missing or damaged
   * @throws StaleIncarnationException if the run was assigned again
   * @throws UserError if a record has an unknown schema version, or the broker refuses the user
   */
  public List<Minibatch> poll(Duration timeout) {
    if (next == null) {
      throw new IllegalStateException("lane: no run (expected: assign first)");
    }
    List<Minibatch> batches = new ArrayList<>();
    ConsumerRecords<byte[], byte[]> polled =
        BrokerErrors.asking(config, () -> consumer.poll(timeout));
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      accept(record).ifPresent(batches::add);
    }
    return batches;
  }

  /** Sequence number wanted next. */
  public long nextSequence() {
    return next.sequence();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private Optional<Minibatch> accept(ConsumerRecord<byte[], byte[]> record) {
    try {
      LaneRecord value = Messages.parse(LaneRecord.parser(), record.value());
      SchemaVersion.check(value.getSchemaVersion(), Messages.place(record));
      BatchAddress address =
          value.hasMinibatch()
              ? BatchAddress.of(value.getMinibatch())
              : BatchAddress.parse(value.getChunk().getPayload());
      if (!wanted(address, record)) {
        return Optional.empty();
      }
      Optional<Minibatch> batch =
          value.hasMinibatch() ? Optional.of(value.getMinibatch()) : assemble(value.getChunk());
      batch.ifPresent(whole -> expectAfter(address));
      return batch;
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new StreamException(
          Messages.place(record) + ", run " + next.run() + ": " + e.getMessage(), e);
    }
  }

  private boolean wanted(BatchAddress address, ConsumerRecord<byte[], byte[]> record) {
    if (!address.run().equals(next.run()) || address.incarnation() < next.incarnation()) {
      return false;
    }
    if (address.incarnation() > next.incarnation()) {
      throw new StaleIncarnationException(next.run(), next.incarnation(), address.incarnation());
    }
    if (address.sequence() > next.sequence()) {
      throw new StreamException(
          "%s, run %s: sequence: %d (expected: %d; the minibatches between are lost)"
              .formatted(Messages.place(record), next.run(), address.sequence(), next.sequence()));
    }
    return address.sequence() == next.sequence();
  }

  private Optional<Minibatch> assemble(Chunk chunk) throws InvalidProtocolBufferException {
    SchemaVersion.check(chunk.getSchemaVersion(), "lane " + lane + ", chunk");
    Optional<byte[]> whole = assembler.add(chunk);
    return whole.isEmpty()
        ? Optional.empty()
        : Optional.of(Messages.parse(Minibatch.parser(), whole.get()));
  }

  private void expectAfter(BatchAddress address) {
    expect(new BatchAddress(address.run(), address.incarnation(), address.sequence() + 1));
  }

  private void expect(BatchAddress address) {
    next = address;
    assembler = new ChunkAssembler(address.toString());
  }
}
