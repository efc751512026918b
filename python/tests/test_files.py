import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

import gengap
from tests import standins


class SaveTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "new" / "checkpoints"
        self.model = standins.Sequential(
            standins.Flatten(), standins.Linear(12, 8), standins.ReLU(), standins.Linear(8, 3))

    def test_save_ofAStep_isReadBackWithItsStep(self):
        file = gengap.save(self.model, self.folder, 40, input=(3, 2, 2))
        weights, metadata = gengap.safetensors.read(file)

        self.assertEqual(metadata, {"step": "40"})
        self.assertEqual(sorted(weights), ["1.bias", "1.weight", "3.bias", "3.weight"])
        np.testing.assert_array_equal(weights["1.weight"], self.model[1].weight)

    def test_save_ofEachStep_leavesWholeFilesAndTheNetwork(self):
        for step in (0, 5):
            gengap.save(self.model, self.folder, step, input=(3, 2, 2))

        self.assertEqual(sorted(file.name for file in self.folder.iterdir()),
                         ["network.json", "step-000000000000.safetensors",
                          "step-000000000005.safetensors"])
        network = json.loads((self.folder / "network.json").read_text(encoding="utf-8"))
        self.assertEqual(network["input"], [3, 2, 2])
        self.assertEqual(len(network["layers"]), 4)

    def test_save_ofAnotherNetwork_replacesItsDescription(self):
        for outputs in (2, 3):
            gengap.save(standins.Sequential(standins.Linear(4, outputs)), self.folder, outputs)

        network = json.loads((self.folder / "network.json").read_text(encoding="utf-8"))
        self.assertEqual(network["classes"], 3)

    def test_save_ofTheSameNetwork_leavesItsDescriptionAlone(self):
        gengap.save(self.model, self.folder, 0, input=(3, 2, 2))
        before = (self.folder / "network.json").stat()
        gengap.save(self.model, self.folder, 5, input=(3, 2, 2))

        self.assertEqual((self.folder / "network.json").stat().st_mtime_ns, before.st_mtime_ns)

    def test_read_ofWhatIsNoFileOfTensors_namesIt(self):
        file = Path(self.folder.parent.parent) / "other.safetensors"
        file.write_bytes(b"no")
        with self.assertRaisesRegex(gengap.UserError, "other.safetensors: size: 2 bytes"):
            gengap.safetensors.read(file)
