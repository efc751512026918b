"""The topics of an experiment; docs/topics.md of Gengap is the table, and a test compares them."""

import re
from dataclasses import dataclass

from gengap.errors import UserError

SCHEMA_VERSION = 1
MAX_MESSAGE_BYTES = 1_000_000
"""Largest record batch of any topic: a broker that limits them to 1 MB accepts it."""

_FORM = re.compile(r"[A-Za-z0-9_-]{1,180}")
_MIB, _GIB = 1 << 20, 1 << 30


@dataclass(frozen=True)
class Kind:
    """One row of the table; sizes in bytes, -1 for no limit."""

    suffix: str
    partitions: int
    cleanup: str
    retention_bytes: int
    segment_bytes: int

    def settings(self):
        """The settings of such a topic, as Kafka names them."""
        return {
            "cleanup.policy": self.cleanup,
            "retention.ms": "-1",
            "retention.bytes": str(self.retention_bytes),
            "segment.bytes": str(self.segment_bytes),
            "max.message.bytes": str(MAX_MESSAGE_BYTES),
            "compression.type": "producer",
        }


SNAPSHOTS = Kind("snapshots", 1, "compact", -1, 16 * _MIB)
SNAPSHOT_CHUNKS = Kind("snapshot-chunks", 4, "delete", 4 * _GIB, 64 * _MIB)
REFERENCES = Kind("references", 1, "compact", -1, 16 * _MIB)
REFERENCE_CHUNKS = Kind("reference-chunks", 1, "delete", 16 * _GIB, 64 * _MIB)
PROGRESS = Kind("progress", 1, "delete", _GIB, 16 * _MIB)
MEASUREMENTS = Kind("measurements", 1, "compact", -1, 16 * _MIB)
RUNS = Kind("runs", 1, "compact", -1, 16 * _MIB)
ALL = (SNAPSHOTS, SNAPSHOT_CHUNKS, REFERENCES, REFERENCE_CHUNKS, PROGRESS, MEASUREMENTS, RUNS)
"""All but the lanes and resume points, which only Gengap's own trainers read."""


def name(experiment, kind):
    """The full name of a topic of ``experiment``."""
    return f"gengap.{experiment}.{kind.suffix}"


def check_experiment(experiment):
    """Raises UserError unless ``experiment`` can be part of a topic's name."""
    if not _FORM.fullmatch(experiment or ""):
        raise UserError("experiment", experiment,
                        "1 … 180 letters, digits, underscores and hyphens",
                        "set GENGAP_EXPERIMENT or pass experiment=…")
