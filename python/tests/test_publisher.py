"""What needs a broker: GENGAP_BOOTSTRAP says which. Every test has an experiment of its own."""

import os
import subprocess
import sys
import time
import unittest
import uuid
from unittest import mock

import numpy as np

import gengap
from gengap import messages, topics
from gengap.broker import Broker, Tail
from gengap.messages import RunState
from tests import standins as nn

BOOTSTRAP = os.environ.get("GENGAP_BOOTSTRAP")
IMAGES = np.random.RandomState(1).randint(0, 256, (8, 1, 2, 2)).astype("u1")
LABELS = np.arange(8) % 3

PROGRAM = """
import gengap
from tests import standins as nn
run = gengap.publish(nn.Sequential(nn.Linear(4, 3)), 0, experiment="{experiment}")
print(run.run, flush=True)
{last_line}
"""


class SnapshotsLate(Tail):
    """Gives the snapshots it finds first only when it is asked again."""

    late = None

    def read_to_end(self):
        records = super().read_to_end()
        if self.late is not None:
            records, self.late = [*records, *self.late], []
            return records
        self.late = [record for record in records if record[0] is topics.SNAPSHOTS]
        return [record for record in records if record[0] is not topics.SNAPSHOTS]


def model(seed=1):
    return nn.Sequential(nn.Flatten(), nn.Linear(4, 3, seed))


@unittest.skipIf(BOOTSTRAP is None, "GENGAP_BOOTSTRAP names no broker")
class PublisherTest(unittest.TestCase):
    def setUp(self):
        self.experiment = f"python-{uuid.uuid4().hex[:8]}"

    def publisher(self, network, **settings):
        settings.setdefault("data", (IMAGES, LABELS))
        return gengap.Publisher(network, experiment=self.experiment, **settings)

    def measured(self, fn, **options):
        return gengap.measure(fn, experiment=self.experiment, **options)

    def test_publish_changedLater_keepsWhatItWasGiven(self):
        network = model()
        with self.publisher(network) as run:
            before = network[1].weight.copy()
            network[1].weight += 1
            run.publish(5)
            network[1].weight += 1
        weights = {}
        self.measured(lambda s: weights.setdefault(s.step, s.weights["1.weight"]).size, name="w")

        np.testing.assert_array_equal(weights[0], before)
        np.testing.assert_array_equal(weights[5], before + 1)

    def test_publish_largerThanARecord_isFetchedWhole(self):
        network = nn.Sequential(nn.Linear(1000, 600), nn.ReLU(), nn.Linear(600, 3))
        with self.publisher(network, data=None):
            pass
        rows = self.measured(lambda s: np.abs(s.weights["0.weight"] - network[0].weight).sum(),
                             name="difference")
        self.assertEqual([row["value"] for row in rows], [0.0])

    def test_examples_areThoseTrainedOn(self):
        with self.publisher(model(), test=(IMAGES[:2], LABELS[:2]),
                            scaling="per-image-whitening"):
            pass
        seen = []
        self.measured(lambda s: seen.append((s.train(), s.test())) or 0, name="seen")

        (inputs, labels), (test_inputs, _) = seen[0]
        np.testing.assert_array_equal(inputs, gengap.scaled(IMAGES, "per-image-whitening"))
        np.testing.assert_array_equal(labels, LABELS)
        np.testing.assert_array_equal(test_inputs, inputs[:2])

    def test_examples_thatWereNotPublished_makeItNotApplicable(self):
        with self.publisher(model(), data=None, input=(1, 2, 2)):
            pass
        rows = self.measured(lambda s: s.train()[0].sum(), name="sum")
        self.assertEqual([(row["status"], row["reason"]) for row in rows],
                         [("not-applicable", "needs training examples")])

    def test_measure_again_publishesNothing(self):
        with self.publisher(model()) as run:
            run.publish(3)
        self.assertEqual(len(self.measured(lambda s: s.step, name="step")), 2)
        self.assertEqual(self.measured(lambda s: s.step, name="step"), [])
        self.assertEqual(len(self.measured(lambda s: 0, name="step", conventions={"p": 1})), 2)

    def test_measure_atTheEnd_takesTheNewestSnapshotAlone(self):
        with self.publisher(model()) as run:
            run.publish(3)
            run.publish(4)
        rows = self.measured(lambda s: s.step, name="step", at=["end"])
        self.assertEqual([row["step"] for row in rows], [4])

    def test_measure_thatFails_isTriedThreeTimes(self):
        with self.publisher(model()):
            pass
        rows = self.measured(lambda s: [1.0, np.nan], name="broken")
        self.assertEqual([row["status"] for row in rows], ["failed"] * 3)
        self.assertIn("expected: a finite number", rows[0]["reason"])

    def test_measure_whereTheEndComesBeforeTheSnapshots_takesThem(self):
        with self.publisher(model()) as run:
            run.publish(3)
        with mock.patch("gengap.broker.Tail", SnapshotsLate):
            rows = self.measured(lambda s: s.step, name="step")
        self.assertEqual(sorted(row["step"] for row in rows), [0, 3])

    def test_measure_withoutFollowing_returnsWhileTheRunGoesOn(self):
        with self.publisher(model()) as run:
            self.await_snapshots(1)
            rows = self.measured(lambda s: s.step, name="step", follow=False)
            run.publish(1)
        self.assertEqual([row["step"] for row in rows], [0])
        self.assertEqual([row["step"] for row in self.measured(lambda s: 0, name="step")], [1])

    def test_run_namedAgain_goesOn(self):
        network = model()
        with self.publisher(network, run="mine") as first:
            first.publish(3)
        with self.publisher(network, run="mine", step=3) as second:
            second.publish(6)

        self.assertEqual(second.run, first.run)
        self.assertEqual(second.incarnation, first.incarnation + 1)
        with self.assertRaisesRegex(gengap.UserError, "run: mine"):
            self.publisher(network, run="mine")
        with self.assertRaisesRegex(gengap.UserError, "step: 9"):
            self.publisher(network, run="other", step=9)

    def test_run_thatGoesOnBehindItsSnapshots_isRefused(self):
        with self.publisher(model(), run="mine") as run:
            run.publish(6)
        with self.assertRaisesRegex(gengap.UserError, "step: 5 .expected: at least 6"):
            self.publisher(model(), run="mine", step=5)
        with self.publisher(model(), run="mine", step=9) as run:
            with self.assertRaisesRegex(gengap.UserError, "step: 8 .expected: at least 9"):
                run.publish(8)

    def test_run_thatGoesOnAtItsNewestSnapshot_keepsIt(self):
        with self.publisher(model(1), run="mine") as run:
            run.publish(6)
            run.finish(stopped=True)
        with self.publisher(model(2), run="mine", step=6) as run:
            run.publish(6)
        rows = self.measured(lambda s: s.weights["1.weight"][0, 0], name="w", at=["end"])
        self.assertEqual([(row["step"], row["value"]) for row in rows],
                         [(6, model(1)[1].weight[0, 0])])

    def test_runs_ofOneExperiment_areAllMeasured(self):
        for width in (1, 2):
            with self.publisher(model(width), cell={"width": width}):
                pass
        self.assertEqual(len(self.measured(lambda s: s.step, name="step")), 2)

    def test_publish_moduleFunction_makesOnePublisherForEachModel(self):
        one, other = model(1), model(2)
        settings = {"experiment": self.experiment, "data": (IMAGES, LABELS)}
        first = gengap.publish(one, 0, **settings)
        self.assertIs(gengap.publish(one, 1, **settings), first)
        self.assertIsNot(gengap.publish(other, 0, **settings), first)
        gengap.finish()

        self.assertEqual(len(self.measured(lambda s: s.step, name="step")), 3)

    def test_publish_moduleFunction_takesScoresAndRefusesWhatItDoesNotKnow(self):
        network = model()
        settings = {"experiment": self.experiment, "input": (1, 2, 2)}
        gengap.publish(network, 0, learning_rate=0.1, **settings)
        gengap.publish(network, 1, train_loss=0.5)
        for step in (0, 1):
            with self.assertRaisesRegex(gengap.UserError, "argument: loss .expected: running_loss"):
                gengap.publish(network, step, loss=0.5)
        gengap.finish()

        rows = self.measured(lambda s: s.train_loss or 0, name="loss")
        self.assertEqual(sorted((row["step"], row["value"]) for row in rows), [(0, 0), (1, 0.5)])

    def test_data_asLists_isTakenLikeArrays(self):
        with self.publisher(nn.Sequential(nn.Linear(4, 3)), data=([[0.0, 1.0, 0.0, 1.0]], [2])):
            pass
        rows = self.measured(lambda s: s.train()[0].sum(), name="sum")
        self.assertEqual([row["value"] for row in rows], [2])

    def test_data_thatIsNoPair_isRefused(self):
        with self.assertRaisesRegex(gengap.UserError, "data: ndarray .expected: a pair"):
            self.publisher(model(), data=IMAGES)

    def test_steps_thatGoBack_areRefused(self):
        with self.publisher(model()) as run:
            run.publish(3)
            with self.assertRaisesRegex(gengap.UserError, "step: 2"):
                run.publish(2)
        with self.assertRaisesRegex(gengap.UserError, "publisher: finished"):
            run.publish(4)

    def test_programThatEnds_leavesItsRunAsItEnded(self):
        for last_line, phase, reason in (
            ("pass", RunState.FINISHED, ""),
            ("raise ZeroDivisionError('oh')", RunState.FAILED, "ZeroDivisionError: oh"),
            ("raise KeyboardInterrupt", RunState.STOPPED, ""),
            ("with run: raise SystemExit(0)", RunState.FINISHED, ""),
            ("with run: raise SystemExit('oh')", RunState.FAILED, "SystemExit: oh"),
        ):
            with self.subTest(last_line):
                program = PROGRAM.format(experiment=self.experiment, last_line=last_line)
                run = subprocess.run([sys.executable, "-c", program], text=True,
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
                state = self.states()[run.strip()]
                self.assertEqual((state.phase, state.reason), (phase, reason))

    def test_snapshot_thatCannotBeSent_failsTheRun(self):
        network = nn.Sequential(nn.Linear(1000, 600), nn.ReLU(), nn.Linear(600, 3))
        # Of this size the client refuses the chunks, and takes the states.
        run = self.publisher(network, data=None, kafka={"message.max.bytes": 100_000})
        with self.assertRaisesRegex(Exception, "MSG_SIZE_TOO_LARGE"):
            run.finish()

        state = self.states()[run.run]
        self.assertEqual(state.phase, RunState.FAILED)
        self.assertIn("MSG_SIZE_TOO_LARGE", state.reason)

    def states(self):
        return {record.run: record for record in self.records(topics.RUNS)
                if isinstance(record, RunState)}

    def await_snapshots(self, count, seconds=30):
        deadline = time.monotonic() + seconds
        while len(self.records(topics.SNAPSHOTS)) < count:
            self.assertLess(time.monotonic(), deadline, "snapshots")

    def records(self, kind):
        broker = Broker(BOOTSTRAP, self.experiment)
        tail = broker.tail([kind])
        records = [messages.parse(kind, record) for kind, record in tail.read_to_end()]
        tail.close()
        broker.close()
        return records

    def test_load_fromTheBroker_hasTheRowsOfAFolder(self):
        with self.publisher(model(), cell={"width": 2}, steps_per_epoch=2) as run:
            run.publish(4, running_loss=0.5)
        self.measured(lambda s: [s.step, 1], name="two", conventions={"b": 1, "a": 2}, at=["end"])

        rows = gengap.load(experiment=self.experiment)
        same = {"run": run.run, "width": 2, "step": 4, "epoch": 2, "measure": "two",
                "standard_error": None, "time_limited": False, "status": "ok", "reason": "",
                "measure_seed": 0, "conventions": "a=2,b=1"}
        self.assertEqual(rows, [{**same, "layer": 0, "value": 4}, {**same, "layer": 1, "value": 1}])
        progress = gengap.load(table="progress", experiment=self.experiment)
        self.assertEqual([(row["step"], row["epoch_loss"], row["epoch_accuracy"])
                          for row in progress], [(4, 0.5, None)])

    def test_load_runsOfAnEarlierFile_areLeftOut(self):
        for width in (1, 2):
            with self.publisher(model(width), cell={"width": width}) as run:
                run.progress(1)
        broker = Broker(BOOTSTRAP, self.experiment)
        header = messages.new(messages.ExperimentHeader, name=self.experiment, runs=[run.run])
        messages.append(broker, topics.RUNS, header)
        broker.close()

        rows = gengap.load(table="progress", experiment=self.experiment)
        self.assertEqual([row["width"] for row in rows], [2])

    def test_examples_thatAreNotThoseOfTheirHash_areRefused(self):
        with self.publisher(model()):
            pass
        manifest, = self.records(topics.REFERENCES)
        broker = Broker(BOOTSTRAP, self.experiment)
        manifest.labels = bytes(reversed(manifest.labels))
        messages.append(broker, topics.REFERENCES, manifest)
        broker.close()

        rows = self.measured(lambda s: s.train()[0].sum(), name="sum")
        self.assertIn("StreamError: reference set", rows[0]["reason"])

    def test_data_thatDoesNotFitTheNetwork_isRefused(self):
        with self.assertRaisesRegex(gengap.UserError, "test x shape of an example"):
            self.publisher(model(), test=(IMAGES[:, :, :1], LABELS))

    def test_replication_beyondTheBrokers_isRefused(self):
        with self.assertRaisesRegex(gengap.UserError, "[Rr]eplication factor"):
            self.publisher(model(), replication=2)

    def test_measure_ofNothing_isRefused(self):
        with self.assertRaisesRegex(gengap.UserError, "experiment: python-"):
            self.measured(lambda s: 0, name="nothing")


class AddressTest(unittest.TestCase):
    def test_publisher_withoutBroker_saysHowToNameOne(self):
        saved = os.environ.pop("GENGAP_BOOTSTRAP", None)
        try:
            with self.assertRaisesRegex(gengap.UserError, "set GENGAP_BOOTSTRAP"):
                gengap.Publisher(model(), input=(1, 2, 2), experiment="any")
        finally:
            if saved is not None:
                os.environ["GENGAP_BOOTSTRAP"] = saved

    def test_publisher_overABrokerThatIsNone_namesIt(self):
        with self.assertRaisesRegex(gengap.UserError, "bootstrap: 127.0.0.1:1 .expected: a Kafka"):
            Broker("127.0.0.1:1", "any", timeout=1)
