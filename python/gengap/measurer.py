"""Measures snapshots with a function of one's own, beside or after training."""

import platform
import time

import numpy as np

from gengap import messages, safetensors, topics
from gengap.errors import NotApplicable, UserError
from gengap.experiment import connect
from gengap.messages import (ExperimentHeader, Location, Measurement, Progress, RunState,
                             SnapshotManifest)
from gengap.network import to_numpy
from gengap.references import ReferenceSets

MOST_ATTEMPTS = 3
"""After which a measure that fails on a snapshot is given up, by Gengap as well."""

_KEPT = 2
"""Reference sets in memory: the training and the test examples of a run."""

_ENDED = (RunState.FINISHED, RunState.FAILED, RunState.STOPPED)


def measure(fn, *, name=None, bootstrap=None, experiment=None, conventions=None, at=(),
            follow=True, kafka=None):
    """Publishes ``fn(snapshot)`` for every snapshot that has no such measurement yet.

    fn           gives a finite number, or a list with one for each weight layer. It may raise
                 gengap.NotApplicable("why"); whatever else it raises is a failed attempt, of which
                 there are three. ``snapshot`` is a Snapshot
    name         key of the measure (default: the function's name)
    conventions  what the value depends on: {"percentile": 5}; other conventions, other measurement
    at           measure only snapshots taken for one of these reasons, such as "end"
    follow       wait for more until every run has ended; otherwise return after what there is

    Returns the measurements published, as dicts.
    """
    broker = connect(bootstrap, experiment, kafka)
    measurer = _Measurer(broker, fn, name or fn.__name__, conventions or {}, tuple(at))
    try:
        return measurer.run(follow)
    finally:
        measurer.close()
        broker.close()


class Snapshot:
    """A snapshot to be measured; what is fetched for it is kept as long as it is."""

    def __init__(self, measurer, manifest):
        self._measurer, self._manifest = measurer, manifest
        self.run = manifest.run
        self.step = manifest.step
        self.epoch = manifest.epoch
        self.reasons = list(manifest.reasons)
        self.network = manifest.network
        """In the network language: JSON, or HOCON."""
        self.train_loss = manifest.train_loss if manifest.HasField("train_loss") else None
        self.weights = measurer.fetch(manifest)
        """NumPy arrays by tensor name, such as 3.weight (out, in): docs/networks.md."""

    def initial(self):
        """The weights of step 0 of the same run."""
        return self._measurer.initial(self.run)

    def train(self):
        """Inputs float32 (example, channel, height, width) and labels uint8 it was trained on."""
        return self._measurer.examples(self._manifest.train_reference, "training examples")

    def test(self):
        """The same of the test examples."""
        return self._measurer.examples(self._manifest.test_reference, "test examples")


class _Measurer:
    """Manifests minus measurements, as the records of the topics tell of them."""

    def __init__(self, broker, fn, name, conventions, at):
        if not name or "/" in name:
            raise UserError("name", name, "a key such as largest_weight, without /")
        self._broker, self._fn, self._name, self._at = broker, fn, name, at
        self._conventions = {str(key): str(value) for key, value in conventions.items()}
        self._manifests, self._attempts, self._settled = {}, {}, set()
        self._newest_steps, self._phases, self._runs = {}, {}, []
        self._initial, self._examples = (None, None), {}
        self._tail = broker.tail(
            [topics.RUNS, topics.SNAPSHOTS, topics.MEASUREMENTS, topics.PROGRESS])
        self._references = None
        self._device = f"python {platform.processor() or platform.machine()}"

    def run(self, follow):
        published = []
        self._observe(self._tail.read_to_end())
        while True:
            manifest = self._next()
            if manifest is not None:
                published.append(self._measure(manifest))
                self._observe(self._tail.poll(0))
            elif not follow:
                return published
            elif not self._ended():
                self._observe(self._tail.poll(0.5))
            else:
                # Topics have no order among each other: snapshots may come after their run's end.
                records = self._tail.read_to_end()
                if not records:
                    return published
                self._observe(records)

    def fetch(self, manifest):
        at = Location(f"{manifest.run}/{manifest.incarnation}/{manifest.step}", manifest.partition,
                      manifest.first_offset, manifest.last_offset, manifest.chunks, manifest.bytes,
                      manifest.sha256)
        data = messages.fetch_chunks(self._broker, topics.SNAPSHOT_CHUNKS, at)
        return safetensors.decode(data, f"snapshot {messages.key(manifest)}")[0]

    def initial(self, run):
        manifest = self._manifests.get((run, 0))
        if manifest is None:
            raise NotApplicable("needs the initial snapshot")
        if self._initial[0] != manifest.sha256:
            self._initial = (manifest.sha256, self.fetch(manifest))
        return self._initial[1]

    def examples(self, content, what):
        if not content:
            raise NotApplicable(f"needs {what}")
        if content not in self._examples:
            self._references = self._references or ReferenceSets(self._broker)
            found = self._references.fetch(content)
            self._examples[content] = (found.inputs(), found.labels)
            if len(self._examples) > _KEPT:
                del self._examples[next(iter(self._examples))]
        return self._examples[content]

    def close(self):
        self._tail.close()
        if self._references is not None:
            self._references.close()

    def _observe(self, records):
        for kind, record in records:
            message = messages.parse(kind, record)
            if isinstance(message, SnapshotManifest):
                self._manifests[message.run, message.step] = message
            elif isinstance(message, Progress):
                newest = self._newest_steps.get(message.run, 0)
                self._newest_steps[message.run] = max(newest, message.step)
            elif isinstance(message, RunState):
                self._phases[message.run] = message.phase
            elif isinstance(message, ExperimentHeader):
                self._runs = list(message.runs)
            else:
                self._settle(message)

    def _settle(self, measurement):
        key = messages.key(measurement)
        if measurement.WhichOneof("outcome") == "failure":
            self._attempts[key] = max(self._attempts.get(key, 0), measurement.attempt)
        if measurement.WhichOneof("outcome") != "failure" or measurement.attempt >= MOST_ATTEMPTS:
            self._settled.add(key)

    def _next(self):
        """Ends first, since runs are compared there; then in the order of steps."""
        open_ = [m for m in self._manifests.values()
                 if self._key(m) not in self._settled
                 and (not self._at or set(self._at) & set(m.reasons))]
        return min(open_, key=lambda m: ("end" not in m.reasons, m.step, m.run), default=None)

    def _ended(self):
        return bool(self._runs) and all(self._phases.get(run) in _ENDED for run in self._runs)

    def _key(self, manifest):
        return messages.measurement_key(manifest.run, manifest.step, self._name, self._conventions)

    def _measure(self, manifest):
        start = time.monotonic()
        field, outcome = self._outcome(manifest)
        millis = (time.monotonic() - start) * 1e3
        self._observe(self._tail.poll(0))
        newest = self._newest_steps.get(manifest.run, manifest.step)
        record = messages.new(
            Measurement, run=manifest.run, step=manifest.step, measure=self._name,
            conventions=self._conventions, attempt=self._attempts.get(self._key(manifest), 0) + 1,
            wall_millis=millis, device=self._device, epoch=manifest.epoch,
            staleness_steps=max(0, newest - manifest.step), snapshot_sha256=manifest.sha256)
        if field == "layer_values":
            record.layer_values.values.extend(outcome)
        else:
            setattr(record, field, outcome)
        messages.append(self._broker, topics.MEASUREMENTS, record)
        self._broker.flush()
        self._settle(record)
        return _row(record)

    def _outcome(self, manifest):
        """The field of the record that says it, and its value."""
        try:
            found = to_numpy(self._fn(Snapshot(self, manifest))).astype(float)
        except NotApplicable as why:
            return "not_applicable", str(why)
        except Exception as e:  # a measure harms nothing but its own measurement
            return "failure", f"{type(e).__name__}: {e}"
        if found.ndim > 1 or found.size == 0 or not np.isfinite(found).all():
            return "failure", f"value: {found} (expected: a finite number, or a list of them)"
        return ("value", float(found)) if found.ndim == 0 else ("layer_values", found.tolist())


def _row(record):
    outcome = record.WhichOneof("outcome")
    value = getattr(record, outcome)
    row = {"run": record.run, "step": record.step, "epoch": record.epoch,
           "measure": record.measure, "value": None, "status": "ok", "reason": ""}
    if outcome == "value":
        return {**row, "value": value}
    if outcome == "layer_values":
        return {**row, "value": list(value.values)}
    status = "failed" if outcome == "failure" else "not-applicable"
    return {**row, "status": status, "reason": value}
