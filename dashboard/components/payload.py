"""Content of a component -> message for the browser: a versioned header (plain JSON) and one binary buffer.

An array in the header is a reference ``{"dtype", "offset", "shape"}`` into the buffer: little-endian, 8-byte aligned.
Every section carries a revision, a hash of its content. The body goes along only if the browser does not hold that
revision yet; null means that there is none. Numbers that are not finite travel in arrays or as null, never in JSON.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import numpy as np

from dashboard.components.buffer import Buffer, finite, whole_epoch
from dashboard.components.cell_row import cell_row
from dashboard.components.film import Film
from dashboard.components.inside_data import Training
from dashboard.components.inside_payload import INSIDE_BODIES
from dashboard.components.stage_content import Chart, Forecast, Losses, Predictions, Status, Verdict
from lstm_core.formatting import Unit, unit_of
from lstm_core.network.cells import CELLS
from lstm_core.work.snapshots import Snapshot

VERSION = 1
MAGIC = b"GATE"


def held_by(message: dict[str, Any]) -> set[str]:
    """Names of all that a browser holds once it has read this message: ``chart:REVISION``, ``film:ID:EPOCH``."""
    header = message["header"]
    sections = {name: told for name, told in header.items() if isinstance(told, dict) and name != "film"}
    names = {f"{name}:{told['revision']}" for name, told in sections.items()}
    return names.union(*map(names_of_film, films_of(header)))


def films_of(header: dict[str, Any]) -> list[dict[str, Any]]:
    """A comparison's films, or the one of a stage that has one."""
    return [*header.get("films", ()), *filter(None, [header.get("film")])]


def names_of_film(film: dict[str, Any]) -> set[str]:
    return {f"film:{film['revision']}", *(_snapshot_name(film["id"], epoch) for epoch in film["epochs"])}


def pack(message: dict[str, Any]) -> bytes:
    """One byte string: MAGIC, the header's length (uint32), the header as JSON padded to 8 bytes, the buffer."""
    text = json.dumps(message["header"], allow_nan=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return MAGIC + len(text).to_bytes(4, "little") + text + message["buffer"]


def entry(name: str, section: Any, held: Collection[str], buffer: Buffer) -> dict[str, Any]:
    """A section's revision, and its body where the browser lacks it."""
    return entry_of(name, partial(_BODIES[name], section), held, buffer)


def entry_of(
    name: str, body: Callable[[Buffer], dict[str, Any]], held: Collection[str], buffer: Buffer
) -> dict[str, Any]:
    """The same of a body that no other message has."""
    trial = Buffer()
    digest = hashlib.blake2b(json.dumps(body(trial), allow_nan=False).encode(), digest_size=8)
    digest.update(bytes(trial))
    revision = digest.hexdigest()
    return {"revision": revision} if f"{name}:{revision}" in held else {"revision": revision, "body": body(buffer)}


def _chart(chart: Chart, buffer: Buffer) -> dict[str, Any]:
    return {
        "id": chart.id,
        "title": chart.title,
        "unit": _unit(unit_of(chart.unit, chart.price)),
        "step": chart.step,
        "dates": buffer.put(_milliseconds(chart.dates), "float64"),
        "price": buffer.put(chart.price, "float64"),
        "train_stop": int(chart.train_stop),
        "validation_stop": int(chart.validation_stop),
    }


def _predictions(predictions: Predictions, buffer: Buffer) -> dict[str, Any]:
    return {
        "epoch": whole_epoch(predictions.epoch),
        "positions": buffer.put(predictions.positions, "int32"),
        "price": buffer.put(predictions.price, "float64"),
        "naive": buffer.put(predictions.naive, "float64"),
    }


def _forecast(forecast: Forecast, buffer: Buffer) -> dict[str, Any]:
    body: dict[str, Any] = {"level": float(forecast.level)}
    body["dates"] = buffer.put(_milliseconds(forecast.dates), "float64")
    for name in ("price", "lower", "upper", "naive"):
        body[name] = buffer.put(getattr(forecast, name), "float64")
    return body


def _losses(losses: Losses, buffer: Buffer) -> dict[str, Any]:
    return {
        "epochs": buffer.put(losses.epochs, "float64"),
        "train": buffer.put(losses.train, "float64"),
        "validation": buffer.put(losses.validation, "float64"),
        "naive": finite(losses.naive),
        "best_epoch": None if losses.best_epoch is None else whole_epoch(losses.best_epoch),
        "best_loss": finite(losses.best_loss),
        "kept_epochs": [whole_epoch(epoch) for epoch in losses.kept_epochs],
        "planned_epochs": int(losses.planned_epochs),
    }


def _verdict(verdict: Verdict, buffer: Buffer) -> dict[str, Any]:
    return {"short": verdict.short, "sentences": list(verdict.sentences)}


def _status(status: Status, buffer: Buffer) -> dict[str, Any]:
    return status_body(status)


def status_body(status: Status) -> dict[str, Any]:
    return {
        "state": status.state,
        "message": status.message,
        "epoch": None if status.epoch is None else whole_epoch(status.epoch),
        "progress": status.progress,
        "share": finite(status.share),
        **cell_row(status.cell),
    }


def _words(words: dict[str, str], buffer: Buffer) -> dict[str, Any]:
    return dict(words)


def _film_body(film: Film, buffer: Buffer) -> dict[str, Any]:
    return {
        "id": film.id,
        "run": film.run,
        **cell_row(film.cell),
        "window_start": int(film.window_start),
        "first_end": int(film.first_end),
        "input_names": list(film.input_names),
        "target_price": buffer.put(film.target_price, "float64"),
        "naive_price": buffer.put(film.naive_price, "float64"),
        "target": buffer.put(film.target, "float32"),
        "training": _training(film.training),
        "largest_move": int(film.largest_move),
        "cell_state_bound": finite(film.cell_state_bound),
    }


def _training(training: Training) -> dict[str, Any]:
    counts = {name: int(getattr(training, name)) for name in ("batch_size", "windows", "first_scored")}
    return counts | {"dropout": float(training.dropout), "output_dropout": float(training.output_dropout)}


def film_entry(film: Film, held: Collection[str], buffer: Buffer) -> dict[str, Any]:
    """The film's meta and the frames that the browser lacks; ``epochs`` lists all that it should hold by now."""
    meta = entry("film", film, held, buffer)
    fresh = [snapshot for snapshot in film.snapshots if _snapshot_name(film.id, snapshot.epoch) not in held]
    return meta | {
        "id": film.id,
        "epochs": [whole_epoch(snapshot.epoch) for snapshot in film.snapshots],
        "to_come": [whole_epoch(epoch) for epoch in film.to_come],
        "whole": film.is_whole,
        "snapshots": [_snapshot(snapshot, film.cell, buffer) for snapshot in fresh],
    }


def _snapshot(snapshot: Snapshot, cell: str, buffer: Buffer) -> dict[str, Any]:
    """One age of the network; activations are stacked to (A, L, T, H) in the order of ``CELLS[cell].activations``."""
    activations = np.stack([snapshot.trace.activations[name] for name in CELLS[cell].activations])
    return {
        "epoch": whole_epoch(snapshot.epoch),
        "inputs": buffer.put(snapshot.trace.inputs, "float32"),
        "activations": buffer.put(activations, "float32"),
        "prediction": buffer.put(snapshot.trace.prediction, "float32"),
        "prediction_price": buffer.put(snapshot.values, "float64"),
        "head_weight": buffer.put(snapshot.head_weight, "float32"),
        "head_bias": finite(snapshot.head_bias),
    }


def _snapshot_name(film_id: str, epoch: float) -> str:
    return f"film:{film_id}:{whole_epoch(epoch)}"


def _milliseconds(dates: np.ndarray) -> np.ndarray:
    return np.asarray(dates, dtype="datetime64[ms]").astype("int64")


def _unit(unit: Unit) -> dict[str, Any]:
    return {"before": unit.before, "after": unit.after, "decimals": unit.decimals, "money": unit.is_money}


_BODIES = {
    "words": _words,
    "chart": _chart,
    "predictions": _predictions,
    "forecast": _forecast,
    "losses": _losses,
    "verdict": _verdict,
    **INSIDE_BODIES,
    "status": _status,
    "film": _film_body,
}
