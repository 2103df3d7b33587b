"""start() and advance(): the loop that trains every experiment, cut into slices of bounded seconds."""

from abc import ABC, abstractmethod
from dataclasses import replace
from math import inf
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from lstm_core.experiments.state import Curves, Settings, State
from lstm_core.network.forecaster import Forecaster, load_weights, save_weights
from lstm_core.network.recurrent import Recurrent
from lstm_core.network.weights import Weights
from lstm_core.training.loop import clip, load_moments, moments

_SOLVED_SCORES = 3  # in a row; one could be luck


class Session(ABC):
    """One experiment's network in memory for the length of a slice; what it learns from and how it is scored."""

    def __init__(self, settings: Settings, weights: Weights | None) -> None:
        self.forecaster = build(settings, weights)

    @abstractmethod
    def loss(self, step: int) -> Tensor:
        """The loss on the batch of that step, which follows from (seed, step) alone."""

    @abstractmethod
    def learning_rate(self, step: int) -> float: ...

    @abstractmethod
    def scores(self) -> dict[str, float]:
        """On what training never sees."""

    @abstractmethod
    def is_solved(self, scores: dict[str, float]) -> bool: ...

    @abstractmethod
    def carried(self) -> dict[str, np.ndarray]:
        """Hidden states for the next step to begin with, by name."""


def build(settings: Settings, weights: Weights | None = None) -> Forecaster:
    """A network with the given weights, or with PyTorch's under the seed, ``forget_bias`` and ``recurrent_gain``."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        forecaster = Forecaster(Recurrent(settings.cell, settings.input_size, settings.hidden_size))
    if weights is None:
        _prepare(forecaster.recurrent, settings)
    else:
        load_weights(forecaster, weights)
    return forecaster


@torch.no_grad()
def _prepare(recurrent: Recurrent, settings: Settings) -> None:
    """In PyTorch's order the second block of rows is the gate that keeps: LSTM's forget gate, GRU's update gate."""
    first = recurrent.layer_weights(0)
    first.weight_hh.mul_(settings.recurrent_gain)
    if settings.cell != "RNN":
        first.bias_ih[settings.hidden_size : 2 * settings.hidden_size] += settings.forget_bias


def start(settings: Settings, session: Session) -> State:
    """Before the first step: the initial weights, scored."""
    scores = {name: np.array([value]) for name, value in session.scores().items()}
    curves = Curves(scored_at=np.zeros(1, dtype=int), scores=scores)
    return State(settings, save_weights(session.forecaster), carried=session.carried(), curves=curves)


def advance(state: State, session: Session, seconds: float) -> State:
    """Train on for about ``seconds``, one step at least. The weights after step n do not depend on the slices."""
    if state.is_over:
        return state
    parameters = tuple(session.forecaster.parameters())
    optimizer = torch.optim.Adam(parameters, lr=state.settings.learning_rate, fused=True)
    if state.optimizer:
        load_moments(optimizer, state.optimizer)
    log, began = _Log(state), perf_counter()
    while log.outcome == "training":
        loss, norm = _descend(session, optimizer, parameters, log.step, state.settings.gradient_clip)
        if not np.isfinite([loss, norm]).all():
            log.outcome = "diverged"
            break
        log.loss.append(loss)
        log.gradient_norm.append(norm)
        if state.settings.is_scored(log.step):
            log.score(session)
        log.seconds.append(state.seconds + perf_counter() - began)
        if perf_counter() - began >= seconds:
            break
    return replace(
        state,
        weights=save_weights(session.forecaster),
        optimizer=moments(optimizer),
        carried=session.carried(),
        curves=log.curves(),
        outcome=log.outcome,
    )


def _descend(
    session: Session, optimizer: torch.optim.Adam, parameters: tuple, step: int, largest: float
) -> tuple[float, float]:
    """One step of Adam -> loss and gradient norm before it; no step is taken where either is not finite."""
    optimizer.param_groups[0]["lr"] = session.learning_rate(step)
    optimizer.zero_grad(set_to_none=True)
    loss = session.loss(step)
    loss.backward()
    norm = clip(parameters, largest or inf)
    if torch.isfinite(loss) and torch.isfinite(norm):
        optimizer.step()
    return loss.item(), norm.item()


class _Log:
    """Curves under way."""

    def __init__(self, state: State) -> None:
        curves, self.steps, self.outcome = state.curves, state.settings.steps, state.outcome
        self.loss, self.gradient_norm = list(curves.loss), list(curves.gradient_norm)
        self.seconds, self.scored_at = list(curves.seconds), list(curves.scored_at)
        self.scores = {name: list(values) for name, values in curves.scores.items()}

    @property
    def step(self) -> int:
        return len(self.loss)

    def score(self, session: Session) -> None:
        self.scored_at.append(self.step)
        for name, value in session.scores().items():
            self.scores[name].append(value)
        newest = self._newest(_SOLVED_SCORES)
        if len(newest) == _SOLVED_SCORES and all(session.is_solved(scores) for scores in newest):
            self.outcome = "solved"
        elif self.step >= self.steps:
            self.outcome = "finished"

    def _newest(self, count: int) -> list[dict[str, float]]:
        columns = zip(*(values[-count:] for values in self.scores.values()), strict=True)
        return [dict(zip(self.scores, values, strict=True)) for values in columns]

    def curves(self) -> Curves:
        scores = {name: np.array(values) for name, values in self.scores.items()}
        loss, norm, seconds = (np.array(each) for each in (self.loss, self.gradient_norm, self.seconds))
        return Curves(loss, norm, seconds, np.array(self.scored_at), scores)
