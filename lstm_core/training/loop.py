"""start() and advance(): a training run that can be cut anywhere between two batches and goes on as if it had not been.

The random state is a function of (seed, epoch, batch): order of the windows, their offset and the dropout masks
follow from it, so a checkpoint stores none, and the weights after epoch n are the same however the work was sliced.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from math import isfinite, log
from time import perf_counter

import numpy as np
import torch
from torch import Tensor
from torch.nn import Parameter
from torch.nn.functional import huber_loss, mse_loss
from torch.nn.utils import clip_grads_with_norm_, get_total_norm

from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.forecaster import Forecaster, build, save_weights
from lstm_core.network.weights import Weights
from lstm_core.training.checkpoint import Checkpoint, EpochReport
from lstm_core.training.windows import Batch, Windows

EXPLODED = 1e6  # a loss so many times that of predicting nothing but the mean (1 when scaled) never comes back
_KEPT = 24
_SCORED_AT_ONCE = 512
_GATHERED_AT_ONCE = 256
LOSSES = {"mse": mse_loss, "huber": huber_loss}


def warm_up() -> None:
    """Prepare this process: one thread, and what torch's optimizers import when first used."""
    torch.set_num_threads(1)
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adam([weight], fused=True)
    weight.sum().backward()
    optimizer.step()


def start(hyperparameters: Hyperparameters, windows: Windows) -> Checkpoint:
    """The run before its first batch: its weights under the seed, and their validation loss."""
    forecaster = build(hyperparameters)
    forecaster.to(chosen_device(hyperparameters))
    weights = save_weights(forecaster)
    return Checkpoint(weights, {}, weights, 0, score(forecaster, windows, "validation"))


def advance(
    checkpoint: Checkpoint, windows: Windows, seconds: float, epochs: int | None = None
) -> tuple[Checkpoint, tuple[EpochReport, ...]]:
    """Train on for about ``seconds`` (at least one batch), or for ``epochs`` more epochs if that comes first.

    An epoch that is nearly through is finished rather than cut: a slice lasts up to half as long again.

    Returns the new checkpoint and a report of each epoch that was completed on the way.
    """
    if checkpoint.is_over:
        return checkpoint, ()
    session = _Session(windows, checkpoint)
    reports: list[EpochReport] = []
    deadline, patience = perf_counter() + seconds, seconds / 2
    last_epoch = checkpoint.epoch + (epochs or windows.hyperparameters.epochs)
    while not session.checkpoint.is_over and session.checkpoint.epoch < last_epoch:
        report = session.train_epoch(deadline, patience)
        if report is not None:
            reports.append(report)
        if perf_counter() >= deadline:
            break
    return session.put_down(), tuple(reports)


def kept_epochs(epochs: int) -> tuple[int, ...]:
    """The epochs whose weights a run keeps for the scrubber: dense at first, when the network changes most."""
    if epochs < _KEPT:
        return tuple(range(epochs + 1))
    steps = np.arange(_KEPT) / (_KEPT - 1)
    return tuple(sorted({0, *np.round(np.exp(steps * log(epochs))).astype(int).tolist()}))


def chosen_device(hyperparameters: Hyperparameters) -> torch.device:
    """Raises `InvalidArgument` where CUDA is asked for and there is none."""
    if hyperparameters.device == "cuda" and not torch.cuda.is_available():
        raise InvalidArgument("device", "cpu or auto on a machine without CUDA", "cuda")
    wants_cuda = hyperparameters.device != "cpu" and torch.cuda.is_available()
    return torch.device("cuda" if wants_cuda else "cpu")


def score(forecaster: Forecaster, windows: Windows, part: str) -> float:
    """Mean loss over the scored targets of a part: one number, in the target's scaled unit."""
    return _mean_loss(windows, part, lambda batch, _: forecaster.predict(batch.inputs))


def score_naive(windows: Windows, part: str) -> float:
    """The same mean for "tomorrow equals today"."""
    return _mean_loss(windows, part, lambda _, ends: windows.naive(ends))


def _mean_loss(windows: Windows, part: str, predict: Callable[[Batch, np.ndarray], np.ndarray]) -> float:
    """``predict`` turns a batch and the days on which its windows end into scaled predictions (B, T)."""
    loss = LOSSES[windows.hyperparameters.loss]
    total, count = 0.0, 0
    for begin in range(0, len(windows.scoring_ends(part)), _SCORED_AT_ONCE):
        ends, batch = _scoring_group(windows, part, begin)
        predicted, target = (torch.from_numpy(each[batch.scored]) for each in (predict(batch, ends), batch.target))
        total += loss(predicted, target, reduction="sum").item()
        count += len(target)
    return total / count


@lru_cache(maxsize=8)
def _scoring_group(windows: Windows, part: str, begin: int) -> tuple[np.ndarray, Batch]:
    """Some of the windows that score a part, and the days on which they end; every epoch asks for the same ones."""
    ends = windows.scoring_ends(part)[begin : begin + _SCORED_AT_ONCE]
    return ends, windows.scoring_batch(ends, part)


@dataclass
class _Progress:
    """The epoch under way."""

    loss_sum: float
    scored: int
    seconds: float


class _Session:
    """A checkpoint taken up: network and optimizer in memory for the length of a slice."""

    def __init__(self, windows: Windows, checkpoint: Checkpoint) -> None:
        self.windows, self.hyperparameters = windows, windows.hyperparameters
        self.checkpoint = checkpoint
        self.device = chosen_device(self.hyperparameters)
        self.forecaster = build(self.hyperparameters, checkpoint.weights).to(self.device)
        self.parameters = tuple(self.forecaster.parameters())
        self.optimizer = _optimizer(self.hyperparameters, self.parameters)
        if checkpoint.optimizer:
            load_moments(self.optimizer, checkpoint.optimizer)
        self.kept = set(kept_epochs(self.hyperparameters.epochs))
        self.at_epoch_end: Weights | None = None  # what the last completed epoch saved, so as not to save it twice

    def train_epoch(self, deadline: float, patience: float) -> EpochReport | None:
        """Train to the end of the epoch; or, past the deadline, cut it once it has taken ``patience`` (then None)."""
        now = self.checkpoint
        began = perf_counter()
        ends = self.windows.training_ends(np.random.default_rng((self.hyperparameters.seed, now.epoch)))
        count = -(-len(ends) // self.hyperparameters.batch_size)
        progress = _Progress(now.loss_sum, now.scored, now.seconds)
        self.forecaster.train()
        for index, (inputs, target) in enumerate(self._batches(ends, now.batch), start=now.batch):
            self._step(inputs, target, index, progress)
            if not self._is_sane(progress):
                return self._end("diverged", _explain_divergence(self.hyperparameters, now.epoch + 1))
            if perf_counter() >= max(deadline, began + patience) and index < count - 1:
                progress.seconds += perf_counter() - began
                self.checkpoint = replace(now, batch=index + 1, **vars(progress))
                return None
        return self._finish_epoch(progress, began)

    def put_down(self) -> Checkpoint:
        """The checkpoint with the weights and moments of this moment; a diverged run keeps its last good ones."""
        if self.checkpoint.outcome == "diverged":
            return replace(self.checkpoint, weights=self.checkpoint.best_weights, optimizer={})
        is_saved = self.at_epoch_end is not None and self.checkpoint.batch == 0
        weights = self.at_epoch_end if is_saved else save_weights(self.forecaster)
        return replace(self.checkpoint, weights=weights, optimizer=moments(self.optimizer))

    def _batches(self, ends: np.ndarray, first: int) -> Iterator[tuple[Tensor, Tensor]]:
        """inputs (B, T, D) and target (B, T) of the epoch's batches from number ``first`` on.

        Gathered many at a time, which costs little more than one; the groups are the same wherever an epoch was cut.
        """
        size = self.hyperparameters.batch_size
        group = max(1, _GATHERED_AT_ONCE // size)
        for number in range(first - first % group, -(-len(ends) // size), group):
            inputs, target, _ = self.windows.batch(ends[number * size : (number + group) * size])
            pairs = zip(self._split(inputs), self._split(target), strict=True)
            yield from islice(pairs, max(first - number, 0), None)

    def _split(self, array: np.ndarray) -> tuple[Tensor, ...]:
        return torch.from_numpy(array).to(self.device).split(self.hyperparameters.batch_size)

    def _step(self, inputs: Tensor, target: Tensor, index: int, progress: _Progress) -> None:
        """One gradient step on one batch; in a training window every target from ``first_scored`` on is scored."""
        if self.hyperparameters.dropout or self.hyperparameters.output_dropout:
            torch.manual_seed(_seed(self.hyperparameters.seed, self.checkpoint.epoch, index))
        first = self.hyperparameters.first_scored
        self.optimizer.zero_grad(set_to_none=True)
        predicted = self.forecaster(inputs)[:, first:]
        loss = LOSSES[self.hyperparameters.loss](predicted, target[:, first:])
        loss.backward()
        if self.hyperparameters.gradient_clip:
            clip(self.parameters, self.hyperparameters.gradient_clip)
        self.optimizer.step()
        progress.loss_sum += loss.item() * predicted.numel()
        progress.scored += predicted.numel()

    def _is_sane(self, progress: _Progress) -> bool:
        mean = progress.loss_sum / max(progress.scored, 1)
        return isfinite(mean) and mean < EXPLODED

    def _finish_epoch(self, progress: _Progress, began: float) -> EpochReport | None:
        validation_loss = score(self.forecaster, self.windows, "validation")
        if not isfinite(validation_loss):
            return self._end("diverged", _explain_divergence(self.hyperparameters, self.checkpoint.epoch + 1))
        epoch = self.checkpoint.epoch + 1
        is_best = validation_loss < self.checkpoint.best_validation_loss
        weights = self.at_epoch_end = save_weights(self.forecaster) if is_best or epoch in self.kept else None
        self.checkpoint = replace(self.checkpoint, epoch=epoch, batch=0, loss_sum=0.0, scored=0, seconds=0.0)
        if is_best and weights is not None:
            self.checkpoint = replace(
                self.checkpoint, best_weights=weights, best_epoch=epoch, best_validation_loss=validation_loss
            )
        self._end_if_due()
        seconds = progress.seconds + perf_counter() - began
        kept = weights if epoch in self.kept or self.checkpoint.is_over else None
        return EpochReport(epoch, progress.loss_sum / progress.scored, validation_loss, seconds, kept)

    def _end_if_due(self) -> None:
        now, patience = self.checkpoint, self.hyperparameters.patience
        if patience and now.epoch - now.best_epoch >= patience:
            waited = "1 epoch" if patience == 1 else f"{patience} epochs"
            self._end("stopped_early", f"No better validation loss in {waited}; the best was epoch {now.best_epoch}.")
        elif now.epoch >= self.hyperparameters.epochs:
            self._end("finished", "")

    def _end(self, outcome: str, explanation: str) -> None:
        self.checkpoint = replace(self.checkpoint, outcome=outcome, explanation=explanation)


def _seed(*numbers: int) -> int:
    return int(np.random.SeedSequence(numbers).generate_state(1)[0])


def _explain_divergence(hyperparameters: Hyperparameters, epoch: int) -> str:
    remedy = (
        "a smaller learning_rate" if hyperparameters.gradient_clip else "gradient_clip 1 or a smaller learning_rate"
    )
    return (
        f"The loss grew beyond all bounds in epoch {epoch}, so training ended and the last good weights are kept. "
        f"Try {remedy} (it was {hyperparameters.learning_rate:g})."
    )


def clip(parameters: tuple[Parameter, ...], largest: float) -> Tensor:
    """As clip_grad_norm_ does, but gradients within the bound are left alone instead of multiplied by one.

    Returns the norm that they had.
    """
    norm = get_total_norm([each.grad for each in parameters if each.grad is not None])
    if norm > largest:
        clip_grads_with_norm_(parameters, largest, norm)
    return norm


def _optimizer(hyperparameters: Hyperparameters, parameters: tuple[Parameter, ...]) -> torch.optim.Optimizer:
    kind = torch.optim.AdamW if hyperparameters.optimizer == "adamw" else torch.optim.Adam
    # Fused: one kernel for all parameters. They are small, and a kernel for each would cost more than the arithmetic.
    return kind(
        parameters,
        lr=hyperparameters.learning_rate,
        weight_decay=hyperparameters.weight_decay,
        fused=True,
    )


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
