"""The page of the smallest LSTM as a Streamlit component: mount it with a trained run; the rest is the browser's."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from dashboard.components.buffer import Buffer
from dashboard.components.cell_row import cell_row
from dashboard.components.delivery import Delivered
from dashboard.components.stage import register, show_content
from dashboard.texts import words
from lstm_core.experiments.one_unit import COMPANIES, OneUnitRun

CELL_STATE_BOUND = 2.0  # of its colours; beyond it tanh(c) has flattened


def one_unit(run: OneUnitRun, key: str, delivered: Delivered) -> None:
    """Mounts the page's picture, or hands the mounted one another run."""
    show_content(_component(), key, partial(content, run), delivered)


def content(run: OneUnitRun, buffer: Buffer) -> dict[str, Any]:
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


@cache
def _component() -> Callable[..., Any]:
    """Published and registered once a process."""
    return register("one_unit_page")
