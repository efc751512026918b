"""Small records: their keys and schema versions. Chunks: payloads too large for one record."""

import hashlib
from collections import namedtuple

from gengap import topics
from gengap.errors import StreamError, UserError

try:
    from gengap.v1.lane_pb2 import Chunk
    from gengap.v1.run_pb2 import ExperimentHeader, Measurement, Placement, Progress, RunState
    from gengap.v1.snapshot_pb2 import ReferenceManifest, SnapshotManifest
except ImportError as e:
    raise ImportError("gengap.v1: messages that cannot be loaded (expected: an installed package, "
                      "which has generated them); python3 -m pip install ./python") from e

MAX_CHUNK_BYTES = 900 << 10
"""Most payload bytes in one chunk: any broker with default limits accepts the record."""

EXPERIMENT_KEY = "experiment"

_TYPES = {
    topics.PROGRESS: Progress,
    topics.MEASUREMENTS: Measurement,
    topics.SNAPSHOTS: SnapshotManifest,
    topics.REFERENCES: ReferenceManifest,
    topics.RUNS: RunState,
}

Location = namedtuple("Location", "payload partition first_offset last_offset chunks bytes sha256")


def sha256(data):
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def new(message_type, **fields):
    """A message of the current schema version; fields that are None are left unset."""
    given = {name: value for name, value in fields.items() if value is not None}
    return message_type(schema_version=topics.SCHEMA_VERSION, **given)


def key(message):
    """The key of a small record."""
    if isinstance(message, ExperimentHeader):
        return EXPERIMENT_KEY
    if isinstance(message, SnapshotManifest):
        return f"{message.run}/{message.step}/{message.incarnation}"
    if isinstance(message, ReferenceManifest):
        return message.content
    if isinstance(message, Measurement):
        return measurement_key(message.run, message.step, message.measure, message.conventions)
    return message.run


def measurement_key(run, step, measure, conventions):
    """run/step/measure/conventions: measurements with one key measured the same thing."""
    return f"{run}/{step}/{measure}/{conventions_text(conventions)}"


def conventions_text(conventions):
    """Sorted by name: name=value,…"""
    return ",".join(f"{name}={value}" for name, value in sorted(conventions.items()))


def append(broker, kind, message):
    """Sends a small record under its own key, without waiting."""
    broker.send(kind, key(message), message.SerializeToString())


def parse(kind, record):
    """The message a small record holds."""
    header = kind is topics.RUNS and record.key == EXPERIMENT_KEY
    return _parsed(ExperimentHeader if header else _TYPES[kind], record)


def publish_chunks(broker, kind, key, payload, data):
    """Writes ``data`` in chunks; returns where they stand once the broker has all of them."""
    places = []
    count = 1 + max(0, len(data) - 1) // MAX_CHUNK_BYTES
    for index in range(count):
        part = bytes(data[index * MAX_CHUNK_BYTES : (index + 1) * MAX_CHUNK_BYTES])
        chunk = new(Chunk, payload=payload, index=index, count=count, total_bytes=len(data),
                    data=part)
        broker.send(kind, key, chunk.SerializeToString(),
                    lambda partition, offset: places.append((partition, offset)))
    broker.flush()
    partition, first = places[0]
    return Location(payload, partition, first, places[-1][1], count, len(data), sha256(data))


def fetch_chunks(broker, kind, at):
    """The payload at a location, checked against its size and SHA-256."""
    parts = []
    for record in broker.read(kind, at.partition, at.first_offset, at.last_offset):
        chunk = _parsed(Chunk, record)
        if chunk.payload != at.payload or 0 < chunk.index < len(parts):
            continue
        if chunk.index == 0:
            parts = []
        if chunk.index != len(parts):
            raise _damaged(at, "index", chunk.index, len(parts))
        parts.append(chunk.data)
        if len(parts) == at.chunks:
            return _checked(at, b"".join(parts))
    raise _damaged(at, "chunks", len(parts), at.chunks)


def _checked(at, data):
    if len(data) != at.bytes:
        raise _damaged(at, "bytes", len(data), at.bytes)
    if sha256(data) != at.sha256:
        raise _damaged(at, "SHA-256", sha256(data), at.sha256)
    return data


def _damaged(at, name, value, expected):
    return StreamError(f"payload {at.payload}: {name}: {value} (expected: {expected})")


def _parsed(message_type, record):
    place = f"topic {record.topic}, partition {record.partition}, offset {record.offset}"
    try:
        message = message_type.FromString(record.value)
    except Exception as e:  # DecodeError of whichever implementation of Protobuf is in use
        raise StreamError(f"{place}: {e}") from e
    if message.schema_version != topics.SCHEMA_VERSION:
        raise UserError(f"{place}: schema version", message.schema_version, topics.SCHEMA_VERSION,
                        "use the gengap that wrote it")
    return message
