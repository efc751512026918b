"""An experiment on a broker: how it is reached, and what is known of its runs."""

import hashlib
import json
import os
import uuid

from gengap import broker as brokers
from gengap import messages, topics
from gengap.errors import UserError
from gengap.messages import ExperimentHeader, RunState


def connect(bootstrap, experiment, kafka):
    """The broker and experiment given, or those of the environment."""
    bootstrap = bootstrap or os.environ.get("GENGAP_BOOTSTRAP")
    if not bootstrap:
        raise UserError("bootstrap", None, "host:port of a Kafka broker",
                        "set GENGAP_BOOTSTRAP or pass bootstrap=…")
    experiment = experiment or os.environ.get("GENGAP_EXPERIMENT")
    return brokers.Broker(bootstrap, experiment, kafka)


def run_id(experiment, name):
    """12 hexadecimal digits: of the name where there is one, else drawn."""
    described = json.dumps([experiment, name]) if name is not None else uuid.uuid4().hex
    return hashlib.sha256(described.encode()).hexdigest()[:12]


def join(broker, run, keys):
    """Makes a run one of the experiment's, with the keys that tell it from the others.

    Of two programs that begin at once one may overwrite what the other wrote: join again at the
    end.
    """
    known = Known(broker).header
    if run in known.runs and set(keys) <= set(known.varying_keys):
        return
    header = messages.new(
        ExperimentHeader, name=broker.experiment, groups=known.groups,
        runs=[*known.runs, *([] if run in known.runs else [run])],
        varying_keys=[*known.varying_keys, *(key for key in keys if key not in known.varying_keys)])
    messages.append(broker, topics.RUNS, header)
    broker.flush()


def check_start(run, step, newest):
    """Steps are not taken again: what was measured of them is of the weights they had."""
    if newest is None and step > 0:
        raise UserError("step", step, "0 in the first call, which is made before training",
                        "or run=… of a run that began before")
    if newest is not None and step == 0:
        raise UserError("run", run, "a name not used before, where step is 0",
                        "or step=… done until now, to go on with it")
    if newest is not None and step < newest.step:
        raise UserError("step", step, f"at least {newest.step}, the newest snapshot's",
                        "or a run of another name")


class Known:
    """What the broker knows of the experiment's runs."""

    def __init__(self, broker):
        self.header = ExperimentHeader()
        self._incarnations, self._snapshots = {}, {}
        tail = broker.tail([topics.RUNS, topics.SNAPSHOTS])
        try:
            for kind, record in tail.read_to_end():
                self._add(messages.parse(kind, record))
        finally:
            tail.close()

    def incarnation(self, run):
        return self._incarnations.get(run, 0)

    def newest(self, run):
        """The manifest of the run's newest snapshot, or None."""
        manifests = self._snapshots.get(run, {})
        return manifests[max(manifests)] if manifests else None

    def _add(self, message):
        if isinstance(message, ExperimentHeader):
            self.header = message
        elif isinstance(message, RunState):
            self._incarnations[message.run] = message.incarnation
        else:
            self._snapshots.setdefault(message.run, {})[message.step] = message
