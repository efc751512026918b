"""A Kafka broker: the only importer of confluent_kafka."""

import time
from collections import namedtuple

from gengap import topics
from gengap.errors import StreamError, UserError

try:
    import confluent_kafka as kafka
    from confluent_kafka import admin
except ImportError as e:
    raise ImportError(
        "confluent_kafka: not installed (expected: version 1.7 or later); "
        "Debian: apt-get install python3-confluent-kafka; else: pip install confluent-kafka"
    ) from e

_RETRY_SECONDS = 0.02

Record = namedtuple("Record", "topic partition offset key value")


class Broker:
    """A broker that was found to answer, and one experiment there.

    Safe for one thread at a time. Close it: that delivers what is under way.
    """

    def __init__(self, bootstrap, experiment, properties=None, timeout=15):
        topics.check_experiment(experiment)
        self.bootstrap, self.experiment, self.timeout = bootstrap, experiment, timeout
        self._common = {**(properties or {}), "bootstrap.servers": bootstrap,
                        "client.id": "gengap-python"}
        # Idempotence keeps the order of chunks through every retry, and progress from coming twice.
        self._producer = kafka.Producer({
            **self._common, "acks": "all", "enable.idempotence": True, "linger.ms": 5,
            "queue.buffering.max.kbytes": 32 << 10, "partitioner": "murmur2_random",
            "message.timeout.ms": int(timeout * 1000)})
        self._reader = None
        self._failure = None
        self._partitions = self._known_partitions()

    def name(self, kind):
        """The full name of a topic of the experiment."""
        return topics.name(self.experiment, kind)

    def partitions(self, name):
        """How many partitions a topic has; 0 where there is none."""
        return self._partitions.get(name, 0)

    def create_topics(self, replication):
        """Creates what is missing of the experiment's topics, with the settings of the table."""
        missing = [kind for kind in topics.ALL if self.name(kind) not in self._partitions]
        if missing:
            wanted = [admin.NewTopic(self.name(kind), kind.partitions, replication,
                                     config=kind.settings()) for kind in missing]
            client = admin.AdminClient(self._common)
            for created in client.create_topics(wanted).values():
                self._await_created(created)
            self._await_known(missing)

    def send(self, kind, key, value, delivered=None):
        """Sends a record without waiting; ``delivered`` is called with partition and offset."""
        def report(error, message):
            if error is not None:
                self._failure = self._failure or error
            elif delivered is not None:
                delivered(message.partition(), message.offset())

        self._check()
        while True:
            try:
                self._producer.produce(self.name(kind), value, key.encode(), on_delivery=report)
                self._producer.poll(0)
                return
            except BufferError:
                self._producer.poll(0.1)
                self._check()

    def flush(self):
        """Returns once the broker has every record sent so far."""
        if self._producer.flush(self.timeout + 5) > 0:
            raise StreamError(f"{self.bootstrap}: no answer within {self.timeout} s")
        self._check()

    def forget_failure(self):
        """Sends again after a failure; what is still under way is delivered or given up."""
        self._producer.flush(self.timeout + 5)
        self._failure = None

    def read(self, kind, partition, offset, last):
        """The records of a partition from ``offset`` to ``last``, both included."""
        if self._reader is None:
            self._reader = self.consumer("error")
        place = kafka.TopicPartition(self.name(kind), partition, offset)
        self._reader.assign([place])
        deadline = time.monotonic() + self.timeout
        while offset <= last:
            message = self._reader.poll(self.timeout)
            place.offset = offset
            if time.monotonic() < deadline and self._lags(message, place):
                time.sleep(0.1)
                self._reader.assign([place])
                continue
            record = _record(message, self)
            yield record
            offset = record.offset + 1

    def _lags(self, message, place):
        """Whether a broker answered that does not know yet that another leads in its place."""
        if message is None or message.error() is None:
            return False
        out_of_range = {kafka.KafkaError._AUTO_OFFSET_RESET, kafka.KafkaError.OFFSET_OUT_OF_RANGE}
        return (message.error().code() in out_of_range
                and self.offsets(self._reader, place)[0] <= place.offset)

    def tail(self, kinds):
        """Follows topics from their first record."""
        return Tail(self, kinds)

    def close(self):
        self._producer.flush(self.timeout)
        if self._reader is not None:
            self._reader.close()

    def _known_partitions(self):
        try:
            # The producer asks: of a topic that is news to it, it waits a second for the leader.
            known = self._producer.list_topics(timeout=self.timeout).topics
        except kafka.KafkaException as e:
            raise UserError("bootstrap", self.bootstrap,
                            f"a Kafka broker that answers within {self.timeout} s",
                            "start it or mend the address") from e
        ours = {self.name(kind) for kind in topics.ALL}
        return {name: len(topic.partitions) for name, topic in known.items()
                if name in ours and topic.error is None}

    def _await_created(self, created):
        try:
            created.result(self.timeout)
        except kafka.KafkaException as e:
            if e.args[0].code() != kafka.KafkaError.TOPIC_ALREADY_EXISTS:
                raise UserError("bootstrap", self.bootstrap, "a broker that creates topics",
                                str(e)) from e

    def _await_known(self, kinds):
        """A broker knows a new topic only a moment after it was made."""
        deadline = time.monotonic() + self.timeout
        while not all(self.name(kind) in self._partitions for kind in kinds):
            if time.monotonic() > deadline:
                raise StreamError(f"{self.bootstrap}: topics were created, but cannot be seen")
            time.sleep(_RETRY_SECONDS)
            self._partitions = self._known_partitions()

    def consumer(self, offset_reset):
        """A consumer without a group that reads what its owner assigns it."""
        return kafka.Consumer({
            **self._common, "group.id": "gengap-python", "enable.auto.commit": False,
            "auto.offset.reset": offset_reset, "fetch.wait.max.ms": 50})

    def offsets(self, consumer, place):
        """The offsets of a partition's first record and after its last; equal where it has none."""
        deadline = time.monotonic() + self.timeout
        while True:
            try:
                return consumer.get_watermark_offsets(place, timeout=self.timeout)
            except kafka.KafkaException as e:
                # A new topic's leader comes up a moment after the topic can be seen.
                if time.monotonic() > deadline:
                    raise StreamError(f"topic {place.topic} at {self.bootstrap}: {e}") from e
                time.sleep(_RETRY_SECONDS)

    def _check(self):
        if self._failure is not None:
            raise StreamError(f"{self.bootstrap}: not delivered: {self._failure}")


class Tail:
    """The records of some topics from the first; those of one topic keep their order."""

    def __init__(self, broker, kinds):
        self._broker = broker
        self._kinds = {broker.name(kind): kind for kind in kinds}
        self._consumer = broker.consumer("earliest")
        self._places = [kafka.TopicPartition(name, partition)
                        for name in self._kinds for partition in range(broker.partitions(name))]
        if not self._places:
            raise UserError("experiment", broker.experiment, f"one that {broker.bootstrap} holds",
                            "start it first, or mend its name")
        self._next = {}
        for place in self._places:
            # Asked to begin at "the beginning", the client would wait half a second.
            place.offset, _ = broker.offsets(self._consumer, place)
            self._next[place.topic, place.partition] = place.offset
        self._consumer.assign(self._places)

    def poll(self, timeout):
        """The next records, as (kind, record); waits up to ``timeout`` [s] for the first."""
        first = self._consumer.poll(timeout)
        if first is None:
            return []
        messages = [first, *self._consumer.consume(2000, 0)]
        records = [_record(message, self._broker) for message in messages]
        for record in records:
            self._next[record.topic, record.partition] = record.offset + 1
        return [(self._kinds[record.topic], record) for record in records]

    def read_to_end(self):
        """The records up to the end the topics have now."""
        ends = {(place.topic, place.partition): self._broker.offsets(self._consumer, place)[1]
                for place in self._places}
        records, deadline = [], time.monotonic() + self._broker.timeout
        while any(self._next[place] < end for place, end in ends.items()):
            polled = self.poll(1)
            records += polled
            if polled:
                deadline = time.monotonic() + self._broker.timeout
            elif time.monotonic() > deadline:
                raise StreamError(f"{self._broker.bootstrap}: no answer within "
                                  f"{self._broker.timeout} s")
        return records

    def close(self):
        self._consumer.close()


def _record(message, broker):
    if message is None:
        raise StreamError(f"{broker.bootstrap}: no answer within {broker.timeout} s")
    if message.error() is not None:
        raise StreamError(f"topic {message.topic()} at {broker.bootstrap}: {message.error()}")
    key = (message.key() or b"").decode()
    return Record(message.topic(), message.partition(), message.offset(), key, message.value())
