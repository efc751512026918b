"""Results of experiments: the same rows as of a run folder, from the records on a broker."""

import math

from gengap import messages, topics
from gengap.errors import UserError
from gengap.experiment import connect
from gengap.messages import ExperimentHeader, Measurement, Progress, RunState

_STATUS = {"value": "ok", "layer_values": "ok", "not_applicable": "not-applicable",
           "failure": "failed", None: "failed"}

_PROGRESS = {
    "epoch_loss": "running_loss",
    "epoch_accuracy": "running_accuracy",
    "train_loss": "full_train_loss",
    "train_accuracy": "full_train_accuracy",
    "test_loss": "test_loss",
    "test_accuracy": "test_accuracy",
    "learning_rate": "learning_rate",
    "held_out_loss": "held_out_loss",
    "held_out_accuracy": "held_out_accuracy",
}

_ALWAYS = {"running_loss", "running_accuracy", "learning_rate"}
"""Fields of every record; NaN where unknown."""


def rows(table, bootstrap=None, experiment=None, kafka=None):
    """The rows of "measurements" or "progress" of every run, the newest of each key.

    Runs of earlier versions of the experiment's file are not among them.
    """
    kinds = {"measurements": topics.MEASUREMENTS, "progress": topics.PROGRESS}
    if table not in kinds:
        raise UserError("table", table, " or ".join(kinds), "other tables are in run folders only")
    broker = connect(bootstrap, experiment, kafka)
    tail = broker.tail([topics.RUNS, kinds[table]])
    try:
        records = [messages.parse(kind, record) for kind, record in tail.read_to_end()]
    finally:
        tail.close()
        broker.close()
    cells = {record.run: record.cell for record in records if isinstance(record, RunState)}
    headers = [record for record in records if isinstance(record, ExperimentHeader)]
    runs = set(headers[-1].runs) if headers else cells.keys()
    newest = {_key(record): record for record in records
              if isinstance(record, (Measurement, Progress)) and record.run in runs}
    found = sorted(newest.values(), key=lambda record: (record.run, record.step, _key(record)))
    return [(cells.get(record.run, {}), row) for record in found for row in _rows(record)]


def _key(record):
    if isinstance(record, Progress):
        return f"{record.run}/{record.step}"
    return messages.key(record)


def _rows(record):
    if isinstance(record, Progress):
        return [_progress(record)]
    outcome = record.WhichOneof("outcome")
    row = {
        "run": record.run, "step": record.step, "epoch": record.epoch, "measure": record.measure,
        "layer": None, "value": None,
        "standard_error": record.standard_error if record.HasField("standard_error") else None,
        "time_limited": record.time_limited, "status": _STATUS[outcome], "reason": "",
        "measure_seed": record.seed, "conventions": messages.conventions_text(record.conventions),
    }
    if outcome == "value":
        return [{**row, "value": record.value}]
    if outcome == "layer_values":
        return [{**row, "layer": layer, "value": value}
                for layer, value in enumerate(record.layer_values.values)]
    return [{**row, "reason": getattr(record, outcome) if outcome else "no outcome"}]


def _progress(record):
    values = {column: getattr(record, field) for column, field in _PROGRESS.items()
              if field in _ALWAYS or record.HasField(field)}
    known = {column: value for column, value in values.items() if not math.isnan(value)}
    return {"run": record.run, "step": record.step, "epoch": record.epoch,
            **{column: known.get(column) for column in _PROGRESS}}
