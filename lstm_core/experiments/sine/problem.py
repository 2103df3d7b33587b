"""Training on a sine: chunks with hidden states carried over, or windows; and the forecast that feeds itself."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import mse_loss

from lstm_core.experiments.problem import ExperimentProblem, falling_rate
from lstm_core.experiments.sine.task import PERIODS, ChunkStates, FreeRun, Sine, naive_scores, series
from lstm_core.network.recurrent import States
from lstm_core.network.weights import Weights

_NAMES = ("hidden_state", "cell_state")


class SineProblem(ExperimentProblem[Sine]):
    """``carried``: the hidden states that the next chunk begins with, where it is not a part's first.

    It is never solved before its end: the rate has to fall.
    """

    judged_by = "rmse"

    def __init__(
        self, settings: Sine, weights: Weights | None = None, carried: Mapping[str, np.ndarray] | None = None
    ) -> None:
        super().__init__(settings, weights)
        self._values = torch.from_numpy(series(settings, settings.observations).astype(np.float32))
        self._states = _from_arrays(carried or {})

    def mean_loss(self, step: int) -> Tensor:
        return self._stateful(step) if self.settings.mode == "stateful" else self._windowed(step)

    def _stateful(self, step: int) -> Tensor:
        """The next chunk of every part of the series; the gradient stops at its start, the states do not."""
        size, chunk = self.settings, step % self.settings.chunks
        parts = np.arange(size.batch_size) * ((size.observations - 1) // size.batch_size)
        at = parts[:, None] + chunk * size.window_length + np.arange(size.window_length)
        hidden, states = self.network.recurrent.carry_on(self._values[at][..., None], self._states if chunk else None)
        self._states = _detached(states)
        return mse_loss(self.network.head(hidden).squeeze(-1), self._values[at + 1])

    def _windowed(self, step: int) -> Tensor:
        """Windows from anywhere, each from zero states; the first half only shows where in its period it begins."""
        size = self.settings
        rng = np.random.default_rng((size.seed, step))
        starts = rng.integers(0, size.observations - size.window_length, size.batch_size)
        at = starts[:, None] + np.arange(size.window_length)
        half = size.window_length // 2
        return mse_loss(self.network(self._values[at][..., None])[:, half:], self._values[at + 1][:, half:])

    def learning_rate(self, step: int) -> float:
        """It falls to zero: at a constant rate the phase of the last step would be luck."""
        return falling_rate(self.settings, step)

    def scores(self) -> dict[str, float]:
        run = self.free_run(PERIODS)
        return {"correlation": run.correlation, "rmse": run.rmse}

    def baseline_scores(self) -> dict[str, float]:
        return naive_scores(self.settings)

    def carried(self) -> dict[str, np.ndarray]:
        if self._states is None:
            return {}
        states = self._states if isinstance(self._states, tuple) else (self._states,)
        return {name: state.numpy().copy() for name, state in zip(_NAMES, states, strict=False)}

    @torch.no_grad()
    def free_run(self, periods: int) -> FreeRun:
        count = periods * self.settings.period
        truth = series(self.settings, self.settings.observations + count)
        read = self._values if self.settings.mode == "stateful" else self._values[-self.settings.window_length :]
        forecast, states, x = [], None, read[None, :, None]
        for _ in range(count):
            hidden, states = self.network.recurrent.carry_on(x, states)
            x = self.network.head(hidden[:, -1:])
            forecast.append(x.item())
        observed, future = np.split(truth, [self.settings.observations])
        return FreeRun(observed, future, np.array(forecast), np.full(count, observed[-1]))

    @torch.no_grad()
    def chunk_states(self, count: int) -> ChunkStates:
        length = self.settings.window_length
        chunks = self._values[: count * length].split(length)
        carried, restarted, states = [], [], None
        for chunk in chunks:
            hidden, states = self.network.recurrent.carry_on(chunk[None, :, None], states)
            carried.append(hidden[0])
            restarted.append(self.network.recurrent(chunk[None, :, None])[0])
        ways = [torch.cat(carried), torch.cat(restarted)]
        hidden = [each.numpy() for each in ways]
        forecasts = [self.network.head(each).squeeze(-1).numpy() for each in ways]
        return ChunkStates(length, torch.cat(chunks).numpy(), *hidden, *forecasts)


def _detached(states: States) -> States:
    return (states[0].detach(), states[1].detach()) if isinstance(states, tuple) else states.detach()


def _from_arrays(carried: Mapping[str, np.ndarray]) -> States | None:
    states = [torch.from_numpy(np.array(carried[name])) for name in _NAMES if name in carried]
    if not states:
        return None
    return (states[0], states[1]) if len(states) == 2 else states[0]
