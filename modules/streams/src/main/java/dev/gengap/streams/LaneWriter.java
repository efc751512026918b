package dev.gengap.streams;

import com.google.protobuf.MessageLite;
import dev.gengap.protocol.BatchAddress;
import dev.gengap.protocol.Chunks;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.Chunk;
import dev.gengap.protocol.v1.LaneRecord;
import dev.gengap.protocol.v1.Minibatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Writes the minibatches of one slot's lane and deletes those its trainer has consumed.
 *
 * <p>Confined to one thread, the feeder's. Ownership: the caller closes it.
 *
 * <p>Ordering: minibatches arrive in the order they are sent, without holes or repeats.
 *
 * <p>Failure: sending does not wait for the broker; what failed is thrown by the next call, as
 * {@link StreamException}; a broker that refuses to delete is a {@link dev.gengap.core.UserError}.
 */
public final class LaneWriter implements AutoCloseable {
  private static final long DELETE_INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

  /** Less than this is not worth asking the broker for: ids take hours to fill a segment. */
  private static final long DELETE_BYTES = 1 << 20;

  private final BrokerConnection connection;
  private final Deliveries deliveries;
  private final TopicPartition lane;

  /** Offset of the last record of each minibatch the broker has; filled on Kafka's thread. */
  private ConcurrentSkipListMap<Long, Long> lastOffsets = new ConcurrentSkipListMap<>();

  private BatchAddress last;
  private long lastBytes;
  private long consumed;

  /** Sequence number below which the broker was asked to delete. */
  private long deleted;

  private long lastDeletion = System.nanoTime() - DELETE_INTERVAL_NANOS;

  /** The broker was slow, say: the next deletion goes further and makes up for it. */
  private volatile boolean deletionToRepeat;

  private KafkaFuture<Void> deletion = KafkaFuture.completedFuture(null);

  private LaneWriter(BrokerConnection connection, int slot) {
    this.connection = connection;
    this.lane = new TopicPartition(connection.topics().lane(slot), 0);
    this.deliveries = new Deliveries(connection, "lane-writer-" + slot);
  }

  /** Opens the lane of a slot, counted from 0. */
  public static LaneWriter open(BrokerConnection connection, int slot) {
    return new LaneWriter(connection, slot);
  }

  /**
   * Sends a minibatch: the one after the last, or the first of another run or incarnation. Waits
   * only where 32 MB are already under way.
   */
  public void send(Minibatch batch) {
    var address = BatchAddress.of(batch);
    follow(address);
    lastBytes = batch.getSerializedSize();
    byte[] key = address.run().getBytes(StandardCharsets.UTF_8);
    if (lastBytes <= Chunks.MAX_BYTES) {
      send(key, record().setMinibatch(batch).build(), address);
    } else {
      for (Chunk chunk : Chunks.split(address.toString(), batch.toByteArray())) {
        send(key, record().setChunk(chunk).build(), address);
      }
    }
    deleteIfDue();
  }

  /**
   * Says that the trainer wants {@code nextSequence} next: records below it may go, and do once
   * they are a MiB, at one of the calls that follow, a quarter of a second later at most. Of
   * another run or incarnation than the last one sent, it is ignored.
   */
  public void deleteConsumed(String run, int incarnation, long nextSequence) {
    deliveries.check();
    if (last != null && last.run().equals(run) && last.incarnation() == incarnation) {
      consumed = Math.max(consumed, nextSequence);
      deleteIfDue();
    }
  }

  /** Returns once the broker has everything sent so far. */
  public void flush() {
    deliveries.flush();
  }

  /** Lets what was consumed be deleted, however little it is; that is not waited for. */
  @Override
  public void close() {
    if (consumed > deleted) {
      deleteConsumed();
    }
    deliveries.close();
  }

  private void follow(BatchAddress address) {
    boolean continues =
        last != null
            && last.run().equals(address.run())
            && last.incarnation() == address.incarnation();
    if (continues && address.sequence() != last.sequence() + 1) {
      throw new IllegalArgumentException(
          "sequence: " + address + " (expected: " + (last.sequence() + 1) + ")");
    }
    if (!continues) {
      lastOffsets = new ConcurrentSkipListMap<>();
      consumed = address.sequence();
      deleted = address.sequence();
    }
    last = address;
  }

  private void send(byte[] key, MessageLite value, BatchAddress address) {
    Map<Long, Long> offsets = lastOffsets;
    deliveries.send(
        new ProducerRecord<>(lane.topic(), lane.partition(), key, value.toByteArray()),
        metadata -> offsets.put(address.sequence(), metadata.offset()));
  }

  private void deleteIfDue() {
    if (!deletion.isDone()
        || (consumed - deleted) * lastBytes < DELETE_BYTES
        || System.nanoTime() - lastDeletion < DELETE_INTERVAL_NANOS) {
      return;
    }
    if (!deletionToRepeat) {
      connection.await(deletion);
    }
    deleteConsumed();
  }

  private void deleteConsumed() {
    Map.Entry<Long, Long> below = lastOffsets.floorEntry(consumed - 1);
    if (below == null) {
      return;
    }
    lastOffsets.headMap(below.getKey(), true).clear();
    deleted = below.getKey() + 1;
    lastDeletion = System.nanoTime();
    deletion =
        connection
            .admin()
            .deleteRecords(Map.of(lane, RecordsToDelete.beforeOffset(below.getValue() + 1)))
            .all()
            .whenComplete((done, e) -> deletionToRepeat = passes(e));
  }

  /** A leader that is new may not know yet how far its followers are. */
  private static boolean passes(Throwable e) {
    return e instanceof RetriableException || e instanceof OffsetOutOfRangeException;
  }

  private static LaneRecord.Builder record() {
    return LaneRecord.newBuilder().setSchemaVersion(SchemaVersion.CURRENT);
  }
}
