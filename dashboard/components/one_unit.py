"""The page of the smallest LSTM as a component: what travels is a trained run; the rest is the browser's."""

from collections.abc import Mapping
from typing import Any

from dashboard.components.buffer import Buffer
from dashboard.components.cell_row import cell_row
from dashboard.components.component import Component, one_thing
from dashboard.components.words import WORDS
from lstm_core.experiments.one_unit import COMPANIES, OneUnitRun

CELL_STATE_BOUND = 2.0  # of its colours; beyond it tanh(c) has flattened

SMALLEST_WORDS: Mapping[str, str] = {
    # learning
    "learning": "Predictions while it learns",
    "learning_rule": "dotted: what each must give",
    "loss_title": "mean squared error",
    "loss": "loss",
    "naive_loss": "naive",
    "epoch": "Epoch shown",
    "play": "Let the epochs run",
    # scalars
    "scalars": "The twelve scalars",
    "scalars_rule": "all that the unit has",
    "hint": "Type a number, or step by 0.1 with the arrow keys. ′ marks the day before.",
    "weight_on_x": "weight on x",
    "weight_on_h": "weight on h′",
    "bias": "bias",
    "as_trained": "As trained, epoch {epoch}",
    "edited": "Edited: {count} of 12",
    "undo": "Undo",
    "back_to_trained": "Back to the trained",
    "refused": "A scalar is a number from −{largest} to {largest}; {label} stays at {value}.",
    # companies
    "company": "Company {name}",
    "must_give": "must give {target}",
    "day_number": "day {day}",
    "price": "price",
    "look_at": "Company {name}, day {day}: look inside the unit",
    "forget_gate_short": "forget",
    "input_gate_short": "input",
    "candidate_short": "cand.",
    "output_gate_short": "output",
    "cell_state_short": "cell",
    "hidden_state_short": "hidden",
    "predicts": "prediction",
    "must": "must give",
    "naive": "naive: last price",
    "company_says": "company {name} {prediction} where {target} must come",
    # the unit on one day
    "cell": "Inside the unit",
    "cell_where": "company {company} · day {day}",
    # for who cannot see the pictures
    "alt_curves": "Predictions and loss against epoch. At epoch {epoch}: {companies}. Loss {loss}; the naive answer, "
    "the last price again, has {naive}.",
    "alt_company": "Company {name}: prices {prices} on four days. For day five the unit says {prediction}; {target} "
    "must come; the naive answer is {naive}.",
    "summary": "Epoch {epoch}: {companies}; loss {loss}.",
}


def _body(run: OneUnitRun, buffer: Buffer) -> dict[str, Any]:
    """The naive answer to each company goes along."""
    return {
        "words": WORDS | dict(SMALLEST_WORDS),
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
