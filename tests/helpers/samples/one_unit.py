"""What torch.nn.LSTMCell makes of the smallest LSTM's scalars, for the browser's numbers to be held against."""

from typing import Any

import numpy as np
import torch

from lstm_core.experiments.one_unit import COMPANIES
from tests.helpers.slices import train_one_unit


def one_unit() -> dict[str, Any]:
    run = train_one_unit(1, 200, 0.1)
    return {"ages": [_age(run.scalars[epoch]) for epoch in (0, 1, 30, 90, 200)]}


def _age(scalars: np.ndarray) -> dict[str, Any]:
    companies = [{"prices": list(prices), "days": days_by_torch(scalars, prices)} for prices, _ in COMPANIES.values()]
    errors = [
        each["days"][-1]["hidden_state"] - target
        for each, (_, target) in zip(companies, COMPANIES.values(), strict=True)
    ]
    return {"scalars": scalars.ravel().tolist(), "companies": companies, "loss": float(np.mean(np.square(errors)))}


def days_by_torch(scalars: np.ndarray, prices: tuple[float, ...]) -> list[dict[str, float]]:
    """Every activation of every day: the states by torch.nn.LSTMCell, the gates from the pre-activations in numpy.

    scalars: (4, 3), gates i, f, g, o by (weight on x, weight on h, bias).
    """
    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    columns = torch.tensor(scalars, dtype=torch.float64)
    weights = {"weight_ih": columns[:, :1], "weight_hh": columns[:, 1:2], "bias_ih": columns[:, 2]}
    cell.load_state_dict(weights | {"bias_hh": torch.zeros(4)})
    h = c = torch.zeros(1, 1, dtype=torch.float64)
    days = []
    for price in prices:
        i, f, g, o = scalars @ np.array([price, h.item(), 1.0])
        with torch.no_grad():
            h, c = cell(torch.tensor([[price]], dtype=torch.float64), (h, c))
        gates = dict(zip(("input_gate", "forget_gate", "output_gate"), 1 / (1 + np.exp([-i, -f, -o])), strict=True))
        days.append({**gates, "candidate": float(np.tanh(g)), "cell_state": c.item(), "hidden_state": h.item()})
    return days
