"""Publishes a model while it is trained, so that Gengap shows and measures it as one of its own."""

import atexit
import math
import operator
import os
import platform
import sys
import time
from collections import namedtuple

from gengap import messages, network, safetensors, topics
from gengap.background import Background
from gengap.errors import UserError
from gengap.experiment import Known, check_start, connect, join, run_id
from gengap.messages import Placement, Progress, RunState, SnapshotManifest
from gengap.references import UNIT, example_shape, publish_examples

_MOST_WAITING = 4
"""Snapshots on their way; each holds a copy of the weights."""

_Taken = namedtuple("_Taken", "step epoch reasons train_loss weights")

SCORES = {
    "running_loss": "running_loss",
    "running_accuracy": "running_accuracy",
    "train_loss": "full_train_loss",
    "train_accuracy": "full_train_accuracy",
    "test_loss": "test_loss",
    "test_accuracy": "test_accuracy",
    "learning_rate": "learning_rate",
}
"""What publish and progress take by name, and the fields of Progress it goes to."""


class Publisher:
    """Publishes one run: its network, its examples, step 0, and a snapshot whenever asked.

    Make it before the first step of training: that is step 0, which many measures compare with.
    Taking a snapshot copies the weights; a thread sends them behind training. What it could not
    send is raised by the next call. Use it as a context manager, or call ``finish``.

    model            nn.Sequential, nested or not, of the layers that ``gengap.network`` lists
    bootstrap        host:port of a broker (default: the environment's GENGAP_BOOTSTRAP)
    experiment       its name (default: GENGAP_EXPERIMENT)
    data, test       (x, y): training and test examples as the network takes them, uint8 images or
                     floats v/255, (example, channel, height, width) or (example, features), and
                     labels 0 … classes - 1. Without them only what needs no examples is measured
    scaling          how uint8 becomes float32: "unit" or "per-image-whitening"; see gengap.scaled
    input            shape of one example, where it follows neither from data nor from the model
    run              a name of your own, by which a later program can go on with the run; without
                     one each publisher is a run of its own
    cell             what tells this run from the experiment's others: {"width": 512, "seed": 1}
    steps_per_epoch  so that epochs are known
    max_steps        where the run will end, for those who watch
    step             steps done so far: not 0 only for a named run that goes on
    replication      copies the broker's cluster keeps of each record, where topics are created
    kafka            further settings of librdkafka, such as {"security.protocol": "SSL"}
    """

    def __init__(self, model, *, bootstrap=None, experiment=None, data=None, test=None,
                 scaling=UNIT, input=None, run=None, cell=None, steps_per_epoch=0, max_steps=0,
                 step=0, replication=1, kafka=None):
        shape = input if input is not None else example_shape("data", data)
        self.model, self.network = model, network.describe(model, shape)
        self._broker = connect(bootstrap, experiment, kafka)
        self._broker.create_topics(replication)
        self._train, self._test = publish_examples(self._broker, self.network, scaling,
                                                   data=data, test=test)
        self._cell = {str(key): str(value) for key, value in (cell or {}).items()}
        self._limits = {"steps_per_epoch": steps_per_epoch, "max_steps": max_steps,
                        "parameters": self.network.parameters()}
        known = Known(self._broker)
        self.run = run_id(self._broker.experiment, run)
        self.incarnation = known.incarnation(self.run) + 1
        newest = known.newest(self.run)
        check_start(run, step, newest)
        self._origin = {"resumed": newest is not None, "first_step": step}
        join(self._broker, self.run, self._cell)
        self._publish_state(RunState.RUNNING)
        self._begin(step, newest)

    def publish(self, step, *, epoch=None, reasons=(), **scores):
        """Publishes a snapshot of the weights after ``step`` optimiser steps.

        ``reasons`` say why it is taken, such as "train-loss <= 0.1"; ``scores`` are those of
        ``progress``. A step that was published is not published again.
        """
        step = operator.index(step)
        if step == self._newest_step:
            return
        self.progress(step, epoch=epoch, **scores)
        loss = scores.get("train_loss", scores.get("running_loss"))
        self._take(step, self._epoch(step, epoch), list(reasons) or ["published"],
                   None if loss is None else float(loss))

    def progress(self, step, *, epoch=None, end_of_epoch=False, **scores):
        """Publishes how far training is, without a snapshot.

        scores: running_loss and running_accuracy over the epoch so far; train_loss, train_accuracy,
        test_loss and test_accuracy in evaluation mode; learning_rate.
        """
        step = self._checked_step(step)
        check_names("score", scores, SCORES)
        fields = {SCORES[name]: float(value) for name, value in scores.items()}
        now = time.monotonic()
        rate = (step - self._rated[0]) / max(now - self._rated[1], 1e-9)
        self._rated = (step, now)
        record = messages.new(
            Progress, run=self.run, incarnation=self.incarnation, step=step, next_sequence=step,
            epoch=self._epoch(step, epoch), end_of_epoch=end_of_epoch, steps_per_second=rate,
            seconds=now - self._start,
            **{"running_loss": math.nan, "running_accuracy": math.nan, **fields})
        self._behind.submit(lambda: messages.append(self._broker, topics.PROGRESS, record))

    def finish(self, failure=None, stopped=False):
        """Marks the newest snapshot as the end, and the run as finished; waits for the broker.

        With ``failure`` or ``stopped`` the run failed for that reason, or may go on later. What
        could not be sent is such a reason, too, and raised.
        """
        if self._closed:
            return
        self._closed = True
        atexit.unregister(self._finish_at_exit)
        self._behind.close()
        try:
            self._behind.check()
            if not failure and not stopped:
                self._announce_end()
            self._end(RunState.FAILED if failure else RunState.STOPPED if stopped
                      else RunState.FINISHED, failure or "")
        except Exception as unsent:
            self._broker.forget_failure()
            self._end(RunState.FAILED, failure or str(unsent))
            raise
        finally:
            self._broker.close()

    @property
    def finished(self):
        """Whether nothing more can be published."""
        return self._closed

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        interrupted = kind is not None and issubclass(kind, KeyboardInterrupt)
        ended = kind is None or issubclass(kind, SystemExit) and value.code in (None, 0)
        failure = None if ended or interrupted else f"{kind.__name__}: {value}"
        self.finish(failure, stopped=interrupted)

    def _end(self, phase, reason):
        join(self._broker, self.run, self._cell)
        self._publish_state(phase, reason)

    def _publish_state(self, phase, reason=""):
        state = messages.new(RunState, run=self.run, phase=phase, incarnation=self.incarnation,
                             cell=self._cell, reason=reason, placements=[self._placement()],
                             **self._limits)
        if phase == RunState.FINISHED:
            state.steps = self._least_step
            state.ending = RunState.MAX_STEPS
            state.snapshot_steps.extend(self._steps)
        messages.append(self._broker, topics.RUNS, state)
        self._broker.flush()

    def _placement(self):
        """Where the model is now; GPUs of any maker count as cuda, which PyTorch calls them."""
        _, module, attribute = self.network.sources[0]
        device = getattr(getattr(module, attribute), "device", None)
        on_gpu = getattr(device, "type", "cpu") == "cuda"
        return Placement(incarnation=self.incarnation, kind="cuda" if on_gpu else "cpu",
                         index=(device.index or 0) if on_gpu else 0,
                         device=platform.processor() or platform.machine(), **self._origin)

    def _begin(self, step, newest):
        self._start = time.monotonic()
        self._rated = (step, self._start)
        self._least_step, self._steps, self._newest_manifest = step, [], newest
        self._newest_step = newest.step if newest is not None else None
        self._closed = False
        self._behind = Background("gengap-publisher", _MOST_WAITING)
        self._pid = os.getpid()
        atexit.register(self._finish_at_exit)
        if newest is None:
            self._take(0, 0.0, ["start"], None)

    def _take(self, step, epoch, reasons, train_loss):
        taken = _Taken(step, epoch, reasons, train_loss, self.network.weights())
        self._least_step = self._newest_step = step
        self._steps.append(step)
        self._behind.submit_large(lambda: self._send(taken))

    def _send(self, taken):
        data = safetensors.encode(taken.weights, {"run": self.run, "step": str(taken.step)})
        payload = f"{self.run}/{self.incarnation}/{taken.step}"
        at = messages.publish_chunks(self._broker, topics.SNAPSHOT_CHUNKS, self.run, payload, data)
        self._newest_manifest = messages.new(
            SnapshotManifest, run=self.run, incarnation=self.incarnation, step=taken.step,
            epoch=taken.epoch, reasons=taken.reasons, train_loss=taken.train_loss,
            chunks=at.chunks, partition=at.partition, first_offset=at.first_offset,
            last_offset=at.last_offset, bytes=at.bytes, sha256=at.sha256,
            train_reference=self._train, test_reference=self._test, network=self.network.text())
        messages.append(self._broker, topics.SNAPSHOTS, self._newest_manifest)
        self._broker.flush()

    def _announce_end(self):
        """Announced again, a snapshot gains the reason by which runs are compared."""
        if "end" not in self._newest_manifest.reasons:
            self._newest_manifest.reasons.append("end")
            messages.append(self._broker, topics.SNAPSHOTS, self._newest_manifest)

    def _checked_step(self, step):
        if self._closed:
            raise UserError("publisher", "finished", "one that is not")
        if operator.index(step) < self._least_step:
            raise UserError("step", step, f"at least {self._least_step}, as many as were done")
        return operator.index(step)

    def _epoch(self, step, epoch):
        per_epoch = self._limits["steps_per_epoch"]
        if epoch is not None:
            return float(epoch)
        return step / per_epoch if per_epoch else 0.0

    def _finish_at_exit(self):
        """Neither in processes forked from the trainer's, nor twice."""
        if os.getpid() != self._pid:
            return
        raised = getattr(sys, "last_type", None)
        if raised is None:
            self.finish()
        else:
            self.__exit__(raised, getattr(sys, "last_value", None), None)


def check_names(what, given, known):
    """Raises UserError naming the first of ``given`` that is not known."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise UserError(what, unknown[0], ", ".join(known))
