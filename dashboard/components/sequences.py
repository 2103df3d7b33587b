"""Lanes of several sequences under one playhead, as a component: what is to be seen, and how it travels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.components.buffer import Buffer
from dashboard.components.component import Component, one_thing
from dashboard.texts import words


@dataclass(frozen=True)
class Row:
    """One sequence. length: its timesteps; target: what its output must be; restarts: chunks begin from zero states."""

    name: str
    note: str
    length: int
    target: float | None = None
    restarts: bool = False


@dataclass(frozen=True, eq=False)
class Way:
    """One way to run all rows, or one network that ran them; the person switches between them.

    hidden (R, T, H) and outputs (R, T), NaN where nothing was computed. order: rows from top to bottom.
    read_at: timestep of each row's output, where one is read.
    reference: outputs (R,) that those read are compared with. batch_sizes (T,): sequences computed at each timestep.
    """

    name: str
    label: str
    about: str
    hidden: np.ndarray
    outputs: np.ndarray
    order: Sequence[int]
    read_at: Sequence[int] | None = None
    reference: Sequence[float] | None = None
    batch_sizes: Sequence[int] | None = None


@dataclass(frozen=True, eq=False)
class Lanes:
    """kind: lengths (sequences of different lengths) or chunks (of one series).

    values (R, T) that are read. lengths: of all sequences in the batch, also of those that have no row.
    boundaries: timesteps at which a chunk begins. first: the way shown before anybody chose one.
    """

    kind: str
    rows: Sequence[Row]
    ways: Sequence[Way]
    values: np.ndarray
    lengths: Sequence[int]
    first: str
    boundaries: Sequence[int] = ()


def _body(lanes: Lanes, buffer: Buffer) -> dict[str, Any]:
    return {
        "kind": lanes.kind,
        "words": words("stage", "sequences"),
        "rows": [_row(row) for row in lanes.rows],
        "values": buffer.put(lanes.values, "float32"),
        "lengths": [int(each) for each in lanes.lengths],
        "boundaries": [int(each) for each in lanes.boundaries],
        "first": lanes.first,
        "ways": [_way(way, buffer) for way in lanes.ways],
    }


def _row(row: Row) -> dict[str, Any]:
    target = None if row.target is None else float(row.target)
    return {
        "name": row.name,
        "note": row.note,
        "length": int(row.length),
        "target": target,
        "restarts": row.restarts,
    }


def _way(way: Way, buffer: Buffer) -> dict[str, Any]:
    def whole(values: Sequence[int] | None) -> list[int] | None:
        return None if values is None else [int(each) for each in values]

    reference = None if way.reference is None else buffer.put(np.asarray(way.reference), "float32")
    return {
        "name": way.name,
        "label": way.label,
        "about": way.about,
        "hidden": buffer.put(way.hidden, "float32"),
        "outputs": buffer.put(way.outputs, "float32"),
        "order": whole(way.order),
        "read_at": whole(way.read_at),
        "reference": reference,
        "batch_sizes": whole(way.batch_sizes),
    }


SEQUENCES = Component("sequences_page", one_thing(_body))
