"""What the tests of "Inside the cell" do and read, and the same numbers by torch.nn and numpy."""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from playwright.sync_api import Page, TimeoutError, expect

from lstm_core.runs.run import Run
from lstm_core.training.windows import Windows
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import open_app, part, stage, to_number, train_to_the_end

NUMBER = r"[+−-]?[$]?[\d,]*\.?\d+(?:e[+−-]?\d+)?"


def open_inside(page: Page, server: Server, query: str = "") -> None:
    open_app(page, server, f"inside{query}")
    wait_until(lambda: "=" in (part(page, "why-numbers").text_content() or ""), "the network has come")


def train_inside(page: Page, server: Server, query: str) -> None:
    """A network of the link's settings, trained here: until then there is none of a series that was chosen."""
    page.goto(f"{server.url}/inside{query}")
    expect(stage(page)).to_be_visible(timeout=PATIENCE)
    train_to_the_end(page)
    wait_until(lambda: "=" in (part(page, "why-numbers").text_content() or ""), "the network", PATIENCE / 1000)


def days(run: Run) -> np.ndarray:
    """The dates of its series as the page writes them: (N,) strings."""
    return run.series.dates.astype("datetime64[D]").astype(str)


def numbers_in(text: str) -> list[float]:
    return [to_number(each) for each in re.findall(NUMBER, text.replace("\u2060", ""))]


def said(page: Page, name: str) -> str:
    return (part(page, name).text_content() or "").replace("\u2060", "")


def tool(page: Page, name: str) -> None:
    """On a phone the tools stand under a tab of their own; a stage that was just resized is not arranged yet."""

    def is_chosen() -> bool:
        with suppress(TimeoutError):
            if part(page, "place-tools").is_visible():
                part(page, "place-tools").click(timeout=3000)
            part(page, f"tab-{name}").click(timeout=3000)
            return True
        return False

    wait_until(is_chosen, f"the tool {name} can be chosen")


def go_to(page: Page, timestep: int, unit: int, layer: int | None = None) -> None:
    """By the controls of the transport."""
    part(page, "scrubber").fill(str(timestep))
    if layer is not None:
        part(page, "layer").select_option(index=layer)
    part(page, "unit").select_option(index=unit)


@dataclass
class Elsewhere:
    """One window of a run, through torch.nn.LSTM in float64, layer by layer."""

    run: Run
    end: int
    changed: dict[int, float] | None = None

    @cached_property
    def windows(self) -> Windows:
        values = self.run.series.values.copy()
        for day, value in (self.changed or {}).items():
            values[day] = value
        return Windows(values, self.run.hyperparameters)

    @cached_property
    def layers(self) -> list[dict[str, np.ndarray]]:
        """Every activation of each layer, (T, H): torch.nn.LSTMCell step by step; gates from the pre-activations."""
        below = self.windows.batch(np.array([self.end])).inputs[0].astype(np.float64)
        found = []
        for layer in range(self.run.hyperparameters.num_layers):
            found.append(self._layer(layer, below))
            below = found[-1]["hidden_state"]
        return found

    def _layer(self, layer: int, below: np.ndarray) -> dict[str, np.ndarray]:
        cell = torch.nn.LSTMCell(below.shape[1], self.run.hyperparameters.hidden_size, dtype=torch.float64)
        mine = {name.removesuffix(f"_l{layer}"): value for name, value in self.run.weights.items()}
        cell.load_state_dict({name: torch.tensor(mine[name], dtype=torch.float64) for name in cell.state_dict()})
        h, c = (torch.zeros(1, cell.hidden_size, dtype=torch.float64) for _ in range(2))
        names = ("input_gate", "forget_gate", "candidate", "output_gate")
        rows: dict[str, list[np.ndarray]] = {name: [] for name in (*names, "cell_state", "hidden_state", "before")}
        for x in torch.from_numpy(below):
            before = cell.weight_ih @ x + cell.bias_ih + cell.weight_hh @ h[0] + cell.bias_hh
            gates = [value.detach().numpy() for value in before.chunk(4)]
            h, c = (state.detach() for state in cell(x[None], (h, c)))
            for name, value in zip(names, gates, strict=True):
                rows[name].append(np.tanh(value) if name == "candidate" else 1 / (1 + np.exp(-value)))
            rows["cell_state"].append(c[0].numpy())
            rows["hidden_state"].append(h[0].numpy())
            rows["before"].append(before.detach().numpy())
        return {name: np.array(values) for name, values in rows.items()}

    @property
    def forecast(self) -> float:
        """For the day after the window, in the series' unit."""
        weights = self.run.weights
        scaled = self.layers[-1]["hidden_state"] @ weights["head.weight"][0].astype(float) + weights["head.bias"][0]
        shown = self.windows.values[self.windows.days(np.array([self.end]))]
        return float(self.windows.to_values(scaled[None], shown)[0, -1])
