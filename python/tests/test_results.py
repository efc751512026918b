import json
import tempfile
import unittest
from pathlib import Path

import gengap

RUN = "0f3a8f10b422"
COLUMNS = ("run,step,epoch,measure,layer,value,standard_error,time_limited,status,reason,seed,"
           "conventions\n")


class LoadTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        cell = {"run": RUN, "cell": {"condition.kind": "none", "condition.p": "0.5", "seed": "1"}}
        self.write("manifest.json", json.dumps({"experiment": "tiny", "runs": [cell]}))
        self.write(f"{RUN}/manifest.json", json.dumps(cell))
        self.write("0123456789ab/manifest.json", json.dumps({"run": "0123456789ab", "cell": {}}))

    def write(self, name, text):
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def measured(self, *lines):
        self.write(f"{RUN}/measurements.csv", COLUMNS + "\n".join(lines) + "\n")

    def test_load_values_areTypedBesideTheirCell(self):
        self.measured(f"{RUN},40,1,spectral,1,2.5,,true,ok,,7,percentile=5")

        self.assertEqual(gengap.load(self.folder), [{
            "run": RUN, "condition.kind": "none", "condition.p": 0.5, "seed": 1, "step": 40,
            "epoch": 1, "measure": "spectral", "layer": 1, "value": 2.5, "standard_error": None,
            "time_limited": True, "status": "ok", "reason": "", "measure_seed": 7,
            "conventions": "percentile=5"}])

    def test_load_reasonWithCommas_isWhole(self):
        self.measured(f'{RUN},0,0,margin,,,,false,not-applicable,"no, ""really""\u2028\x85\f",0,')

        row = gengap.load(self.folder)[0]
        self.assertEqual(row["reason"], 'no, "really"\u2028\x85\f')
        self.assertIsNone(row["value"])

    def test_load_lineHalfWritten_isLeftOut(self):
        self.write(f"{RUN}/progress.csv", "step,epoch\n40,1\n80,2\n12")
        self.assertEqual([row["step"] for row in gengap.load(self.folder, "progress")], [40, 80])

    def test_load_folderOfOneRun_givesItsRows(self):
        self.measured(f"{RUN},0,0,margin,,1,,false,ok,,0,")
        self.assertEqual(gengap.load(self.folder / RUN), gengap.load(self.folder))

    def test_load_nothingYet_isEmpty(self):
        self.assertEqual(gengap.load(self.folder), [])

    def test_load_anyFolder_isRefused(self):
        with self.assertRaisesRegex(gengap.UserError, "run folder: .*manifest.json"):
            gengap.load(self.folder.parent / "nowhere")

    def test_load_pandasWhereInstalled_isATable(self):
        self.measured(f"{RUN},0,0,margin,,1,,false,ok,,0,")
        try:
            import pandas  # noqa: F401
        except ImportError:
            with self.assertRaisesRegex(gengap.UserError, "pandas: not installed"):
                gengap.load(self.folder, pandas=True)
            return
        self.assertEqual(gengap.load(self.folder, pandas=True)["value"].tolist(), [1.0])
