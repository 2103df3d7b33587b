"""A cell's row of the table as messages carry it, with every ``cell`` that they name: the browser has no such table."""

from typing import Any

from dashboard.components.colours import CELL_COLOURS
from lstm_core.network.cells import BOUNDS, CELLS


def cell_row(cell: str) -> dict[str, Any]:
    """As `lstm_core.network.cells.Cell` has it, with the bounds of its activations and the colours of its lines."""
    row = CELLS[cell]
    light, dark = CELL_COLOURS[cell]
    return {
        "cell": cell,
        "blocks": list(row.blocks),
        "activations": list(row.activations),
        "bounds": {name: list(BOUNDS[name]) for name in row.activations},
        "keeps": row.keeps,
        "peepholes": list(row.peepholes),
        "colours": {"light": light, "dark": dark},
    }
