"""The page of the smallest LSTM as a component: what travels is a trained run; the rest is the browser's."""

from typing import Any

from dashboard.components.buffer import Buffer
from dashboard.components.cell_row import cell_row
from dashboard.components.component import Component, one_thing
from dashboard.texts import words
from lstm_core.experiments.one_unit import COMPANIES, OneUnitRun

CELL_STATE_BOUND = 2.0  # of its colours; beyond it tanh(c) has flattened


def _body(run: OneUnitRun, buffer: Buffer) -> dict[str, Any]:
    """The naive answer to each company goes along."""
    return {
        "words": words("stage", "one_unit"),
        "companies": [
            {"name": name, "prices": list(prices), "target": target, "naive": prices[-1]}
            for name, (prices, target) in COMPANIES.items()
        ],
        **cell_row("LSTM"),
        "cell_state_bound": CELL_STATE_BOUND,
        "scalars": buffer.put(run.scalars, "float64"),
        "losses": buffer.put(run.losses, "float64"),
        "predictions": buffer.put(run.predictions, "float64"),
    }


ONE_UNIT = Component("one_unit_page", one_thing(_body))
