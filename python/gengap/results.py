"""Results of experiments: tidy rows from the files of a run folder, or from a broker."""

import csv
import json
from pathlib import Path

from gengap.errors import UserError

_TEXT = {"run", "measure", "status", "reason", "conventions", "device"}
_FLAGS = {"time_limited"}
_WHOLE = {"step", "layer", "seed", "staleness_steps"}
_RENAMED = {"seed": "measure_seed"}
"""Columns whose name a grid key has, too."""


def load(folder=None, table="measurements", pandas=False, **broker):
    """The rows of one table of every run, one value a row.

    folder  runs/<experiment>, or the folder of one run in it; without one the experiment is read
            from the broker that bootstrap=… and experiment=…, or the environment, name
    table   "measurements" or "progress"; of a folder also "timing" or "measure-timing"
    pandas  give a pandas.DataFrame instead of a list of dicts

    A row has the run's id, the values of the grid keys that vary, such as condition.kind, and the
    columns of the CSV file of that name, seed as measure_seed; what is empty there is None.
    """
    if folder is None:
        from gengap import recorded

        rows = [{"run": row["run"], **_cell(cell), **row}
                for cell, row in recorded.rows(table, **broker)]
    else:
        rows = [row for run in _run_folders(Path(folder)) for row in _rows(run, table)]
    if not pandas:
        return rows
    try:
        from pandas import DataFrame
    except ImportError as e:
        raise UserError("pandas", "not installed", "the package pandas",
                        "install it, or leave pandas=True out") from e
    return DataFrame(rows)


def _run_folders(folder):
    manifest = _manifest(folder)
    if "run" in manifest:
        return [folder]
    # The order of the grid; runs of earlier versions of the file are not among them.
    return [folder / run["run"] for run in manifest.get("runs", [])
            if (folder / run["run"] / "manifest.json").is_file()]


def _manifest(folder):
    file = folder / "manifest.json"
    if not file.is_file():
        raise UserError("run folder", folder, "a folder with a manifest.json",
                        "run an experiment first, or name a folder below runs/")
    return json.loads(file.read_text(encoding="utf-8"))


def _rows(run, table):
    manifest = _manifest(run)
    cell = _cell(manifest.get("cell", {}))
    file = run / f"{table}.csv"
    if not file.is_file():
        return []
    # Lines end with a line feed alone. While the run goes on, the last may be half written.
    whole = file.read_bytes().decode().split("\n")[:-1]
    return [{"run": manifest["run"], **cell,
             **{_RENAMED.get(name, name): _typed(name, text) for name, text in row.items()}}
            for row in csv.DictReader(whole)]


def _cell(cell):
    """Values of grid keys: numbers or words."""
    return {key: _number(text) for key, text in sorted(cell.items())}


def _typed(name, text):
    if name in _TEXT:
        return text
    if not text:
        return None
    if name in _FLAGS:
        return text == "true"
    return int(text) if name in _WHOLE else _number(text)


def _number(text):
    for form in (int, float):
        try:
            return form(text)
        except ValueError:
            pass
    return text
