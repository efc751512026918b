import re
import unittest
from pathlib import Path

from gengap import UserError, topics

TABLE = Path(__file__).parents[2] / "docs" / "topics.md"
SIZES = {"MiB": 1 << 20, "GiB": 1 << 30}


def documented():
    """The rows of the table in docs/topics.md, by suffix: partitions, cleanup, kept, segment."""
    rows = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 7:
            rows[cells[0].strip("`")] = cells[3:]
    return rows


def size(text):
    found = re.search(r"(\d+) (MiB|GiB)", text)
    return int(found[1]) * SIZES[found[2]] if found else -1


class TopicsTest(unittest.TestCase):
    def test_kinds_areThoseDocumented(self):
        rows = documented()
        for suffix in ("lane.<slot>", "resume", "resume-chunks", "gengap.experiments", "gengap.nodes"):
            del rows[suffix]

        self.assertEqual([kind.suffix for kind in topics.ALL], list(rows))
        for kind in topics.ALL:
            partitions, cleanup, kept, segment = rows[kind.suffix]
            with self.subTest(kind.suffix):
                self.assertEqual(kind.partitions, int(partitions))
                self.assertEqual(kind.cleanup, cleanup)
                self.assertEqual(kind.retention_bytes, size(kept))
                self.assertEqual(kind.segment_bytes, size(segment))

    def test_name_thatCannotBePartOfATopic_isRefused(self):
        for name in ("", None, "a b", "a.b", "x" * 181):
            with self.subTest(name), self.assertRaisesRegex(UserError, "GENGAP_EXPERIMENT"):
                topics.check_experiment(name)
