"""start() and advance(): a training that can be cut anywhere between two batches and goes on as if it had not been.

The random state is a function of (seed, epoch, batch): a problem's batches and the dropout masks follow from it, so a
checkpoint stores none, and the weights after epoch n are the same however the work was sliced.
"""

from dataclasses import dataclass, replace
from math import inf, isfinite, log, nan
from time import perf_counter

import numpy as np
import torch
from torch import Tensor
from torch.nn import Parameter
from torch.nn.utils import clip_grads_with_norm_, get_total_norm

from lstm_core.network.forecaster import save_weights
from lstm_core.network.weights import Weights
from lstm_core.phrases import Argument, Phrase
from lstm_core.training.checkpoint import Checkpoint, EpochReport, Outcome
from lstm_core.training.problem import Problem, Schedule

EXPLODED = 1e6  # a loss so many times that of predicting nothing but the mean (1 when scaled) never comes back
_KEPT = 24
_SOLVED_SCORES = 3  # in a row; one could be luck


def warm_up() -> None:
    """Prepare this process: one thread, and what torch's optimizers import when first used."""
    torch.set_num_threads(1)
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adam([weight], fused=True)
    weight.sum().backward()
    optimizer.step()


def start(problem: Problem) -> tuple[Checkpoint, tuple[EpochReport, ...]]:
    """A training before its first batch, and a report of it: the initial weights, scored."""
    weights, scores = save_weights(problem.network), problem.scores()
    checkpoint = Checkpoint(weights, {}, weights, 0, scores[problem.judged_by], carried=problem.carried())
    return checkpoint, (EpochReport(0, nan, scores, 0.0, weights=weights),)


def advance(
    checkpoint: Checkpoint, problem: Problem, seconds: float, epochs: int | None = None
) -> tuple[Checkpoint, tuple[EpochReport, ...]]:
    """Train on for about ``seconds`` (at least one batch), or for ``epochs`` more epochs if that comes first.

    problem: made of the checkpoint's weights and of what it carries. An epoch that is nearly through is finished rather
    than cut: a slice lasts up to half as long again.

    Returns the new checkpoint and a report of each epoch that was completed on the way.
    """
    if checkpoint.is_over:
        return checkpoint, ()
    training = _Training(problem, checkpoint)
    reports: list[EpochReport] = []
    deadline, patience = perf_counter() + seconds, seconds / 2
    last_epoch = checkpoint.epoch + (epochs or problem.schedule.epochs)
    while not training.checkpoint.is_over and training.checkpoint.epoch < last_epoch:
        report = training.train_epoch(deadline, patience)
        if report is not None:
            reports.append(report)
        if perf_counter() >= deadline:
            break
    return training.put_down(), tuple(reports)


def kept_epochs(epochs: int) -> tuple[int, ...]:
    """The epochs whose weights a run keeps for the scrubber: dense at first, when the network changes most."""
    if epochs < _KEPT:
        return tuple(range(epochs + 1))
    steps = np.arange(_KEPT) / (_KEPT - 1)
    return tuple(sorted({0, *np.round(np.exp(steps * log(epochs))).astype(int).tolist()}))


@dataclass
class _UnderWay:
    """The epoch under way."""

    batch: int
    step: int
    loss_sum: float
    scored: int
    gradient_norm: float
    seconds: float

    @classmethod
    def of(cls, now: Checkpoint) -> "_UnderWay":
        return cls(now.batch, now.step, now.loss_sum, now.scored, now.gradient_norm, now.seconds)

    @property
    def train_loss(self) -> float:
        return self.loss_sum / max(self.scored, 1)


class _Training:
    """A checkpoint taken up: network and optimizer in memory for the length of a slice."""

    def __init__(self, problem: Problem, checkpoint: Checkpoint) -> None:
        self.problem, self.schedule, self.checkpoint = problem, problem.schedule, checkpoint
        self.parameters = tuple(problem.network.parameters())
        self.optimizer = _optimizer(problem.schedule, self.parameters, problem.learning_rate(checkpoint.step))
        if checkpoint.optimizer:
            load_moments(self.optimizer, checkpoint.optimizer)
        epochs = self.schedule.epochs
        self.kept = set(range(epochs + 1) if self.schedule.keeps_every_epoch else kept_epochs(epochs))
        self.at_epoch_end: Weights | None = None  # what the last completed epoch saved, so as not to save it twice

    def train_epoch(self, deadline: float, patience: float) -> EpochReport | None:
        """Train to the end of the epoch; or, past the deadline, cut it once it has taken ``patience`` (then None)."""
        epoch, began = self.checkpoint.epoch, perf_counter()
        count, now = self.problem.batch_count(epoch), _UnderWay.of(self.checkpoint)
        self.problem.network.train()
        for batch in self.problem.batches(epoch, now.batch):
            if not self._descend(batch, now):
                return self._end(Outcome.DIVERGED, _divergence(self.schedule, self._rate(now), epoch + 1))
            if perf_counter() >= max(deadline, began + patience) and now.batch < count:
                now.seconds += perf_counter() - began
                self.checkpoint = replace(self.checkpoint, **vars(now))
                return None
        return self._finish_epoch(now, began)

    def put_down(self) -> Checkpoint:
        """The checkpoint with all of this moment; a training that diverged keeps its best weights."""
        if self.checkpoint.outcome is Outcome.DIVERGED:
            return replace(self.checkpoint, weights=self.checkpoint.best_weights, optimizer={}, carried={})
        is_saved = self.at_epoch_end is not None and self.checkpoint.batch == 0
        weights = self.at_epoch_end if is_saved else save_weights(self.problem.network)
        return replace(
            self.checkpoint, weights=weights, optimizer=moments(self.optimizer), carried=self.problem.carried()
        )

    def _descend(self, batch: object, now: _UnderWay) -> bool:
        """One gradient step on one batch; False, and no step, where the loss grew beyond all bounds."""
        if self.schedule.is_random:
            torch.manual_seed(_seed(self.schedule.seed, self.checkpoint.epoch, now.batch))
        self.optimizer.param_groups[0]["lr"] = self._rate(now)
        self.optimizer.zero_grad(set_to_none=True)
        loss, count = self.problem.loss(batch)
        loss.backward()
        norm = clip(self.parameters, self.schedule.gradient_clip or inf).item()
        now.loss_sum += loss.item() * count
        now.scored += count
        if not isfinite(norm) or not now.train_loss < EXPLODED:
            return False
        self.optimizer.step()
        now.batch, now.step, now.gradient_norm = now.batch + 1, now.step + 1, max(now.gradient_norm, norm)
        return True

    def _rate(self, now: _UnderWay) -> float:
        return self.problem.learning_rate(now.step)

    def _finish_epoch(self, now: _UnderWay, began: float) -> EpochReport | None:
        epoch, scores = self.checkpoint.epoch + 1, self.problem.scores()
        judged = scores[self.problem.judged_by]
        if not isfinite(judged):
            return self._end(Outcome.DIVERGED, _divergence(self.schedule, self._rate(now), epoch))
        is_best = judged < self.checkpoint.best_score
        is_kept = is_best or epoch in self.kept
        weights = self.at_epoch_end = save_weights(self.problem.network) if is_kept else None
        solved = self.checkpoint.solved + 1 if self.problem.is_solved(scores) else 0
        ended = _UnderWay(0, now.step, 0.0, 0, 0.0, 0.0)
        self.checkpoint = replace(self.checkpoint, epoch=epoch, solved=solved, **vars(ended))
        if is_best and weights is not None:
            self.checkpoint = replace(self.checkpoint, best_weights=weights, best_epoch=epoch, best_score=judged)
        self._end_if_due()
        seconds = now.seconds + perf_counter() - began
        kept = weights if epoch in self.kept or self.checkpoint.is_over else None
        return EpochReport(epoch, now.train_loss, scores, seconds, now.step, now.gradient_norm, kept)

    def _end_if_due(self) -> None:
        now, patience = self.checkpoint, self.schedule.patience
        if now.solved >= _SOLVED_SCORES:
            self._end(Outcome.SOLVED)
        elif patience and now.epoch - now.best_epoch >= patience:
            self._end(Outcome.STOPPED_EARLY, Phrase("no_better_loss", epochs=patience, best=now.best_epoch))
        elif now.epoch >= self.schedule.epochs:
            self._end(Outcome.FINISHED)

    def _end(self, outcome: Outcome, explanation: Phrase | None = None) -> None:
        self.checkpoint = replace(self.checkpoint, outcome=outcome, explanation=explanation)


def _seed(*numbers: int) -> int:
    return int(np.random.SeedSequence(numbers).generate_state(1)[0])


def _divergence(schedule: Schedule, learning_rate: float, epoch: int) -> Phrase:
    clip, rate = Argument("gradient_clip"), Argument("learning_rate")
    smaller = Phrase("smaller_rate", learning_rate=rate)
    clipped = Phrase("clip_or_smaller_rate", gradient_clip=clip, learning_rate=rate)
    remedy = smaller if schedule.gradient_clip else clipped
    return Phrase("diverged", epoch=epoch, remedy=remedy, rate=learning_rate)


def clip(parameters: tuple[Parameter, ...], largest: float) -> Tensor:
    """As clip_grad_norm_ does, but gradients within the bound are left alone instead of multiplied by one.

    Returns the norm that they had.
    """
    norm = get_total_norm([each.grad for each in parameters if each.grad is not None])
    if norm > largest:
        clip_grads_with_norm_(parameters, largest, norm)
    return norm


def _optimizer(schedule: Schedule, parameters: tuple[Parameter, ...], rate: float) -> torch.optim.Optimizer:
    kind = torch.optim.AdamW if schedule.optimizer == "adamw" else torch.optim.Adam
    # Fused: one kernel for all parameters. They are small, and a kernel for each would cost more than the arithmetic.
    # One parameter alone has nothing to gain by it, and its bits are those of the optimizer that everybody knows.
    return kind(parameters, lr=rate, weight_decay=schedule.weight_decay, fused=len(parameters) > 1)


def moments(optimizer: torch.optim.Optimizer) -> dict[str, np.ndarray]:
    """Adam's state as arrays: '<parameter index>.<moment>' -> value."""
    return {
        f"{index}.{name}": value.detach().cpu().numpy().copy()
        for index, state in optimizer.state_dict()["state"].items()
        for name, value in state.items()
    }


def load_moments(optimizer: torch.optim.Optimizer, moments: Weights) -> None:
    """The inverse of `moments`."""
    state: dict[int, dict[str, Tensor]] = {}
    for key, value in moments.items():
        index, name = key.split(".", 1)
        state.setdefault(int(index), {})[name] = torch.from_numpy(np.array(value))
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
